// The page's places: time and terminal have the whole width of the stage, the story stays beside what
// its commands say, and each pane is a key away.
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter, shown, type } from './page.ts'

const WIDE = 'kubectl get pods -n kube-system -l name=fluentd-elasticsearch -o wide'

async function boxOf(page: Page, name: string) {
  return (await page.getByRole('region', { name, exact: true }).boundingBox())!
}

test('the tutorial’s widest table fits on its lines, and a wider one scrolls', async ({ page }) => {
  await openChapter(page, '06-logging-agent')
  await type(page, 'kubectl apply -f fluentd-daemonset.yaml')
  await expectShown(page, 'created')
  await type(page, WIDE)
  await expect.poll(() => shown(page)).toMatch(/^NAME .* READINESS GATES$/m)
  const room = page.locator('.terminal-screen')
  const overflow = () => room.evaluate((e) => e.scrollWidth - e.clientWidth)
  expect(await overflow()).toBe(0)
  await type(page, 'kubectl get pods -A -o wide --show-labels')
  await expect.poll(() => shown(page)).toMatch(/^NAMESPACE .* READINESS GATES +LABELS$/m)
  expect(await overflow()).toBeGreaterThan(0)
  await type(page, 'clear')
  await expect.poll(overflow).toBe(0)
})

test('time and terminal are as wide as cluster and editor together', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const [cluster, editor] = [await boxOf(page, 'Cluster'), await boxOf(page, 'Editor')]
  for (const name of ['Timeline', 'Terminal']) {
    const box = await boxOf(page, name)
    expect(box.x).toBe(cluster.x)
    expect(box.x + box.width).toBe(editor.x + editor.width)
  }
  await type(page, 'kubectl apply -f pi-job.yaml')
  await page
    .getByRole('button', { name: /^Pod pi-calculator/ })
    .first()
    .click()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  expect((await boxOf(page, 'Cluster')).width).toBe(cluster.width)
})

for (const size of [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
])
  test(`at ${size.width} pixels the story stays while its command runs`, async ({ page }) => {
    await page.setViewportSize(size)
    await page.goto('#02-pi-to-two-thousand-places')
    const next = page.getByRole('button', { name: 'Next', exact: true })
    const run = page.getByRole('button', { name: /^Run in the terminal/ }).first()
    while (!(await run.isVisible())) await next.click()
    await run.click()
    await expect(page.locator('.xterm-rows')).toContainText('kubectl')
    await expect(page.getByRole('region', { name: 'Story' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Terminal' })).toBeInViewport()
    await expect(run).toBeInViewport()
  })

test('each pane is a key away, also out of terminal and editor, and fills the page', async ({
  page,
}) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'],
    )
  for (const [key, pane] of [
    ['Alt+5', 'terminal'],
    ['Alt+3', 'editor'],
    ['Alt+4', 'timeline'],
    ['Alt+2', 'cluster'],
    ['Alt+1', 'story'],
    ['Shift+F6', 'terminal'],
    ['F6', 'story'],
    ['F6', 'cluster'],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(focused).toBe(pane)
  }
  await page.keyboard.press('Alt+Shift+5')
  await expect.poll(async () => (await boxOf(page, 'Terminal')).width).toBe(1440)
  await page.keyboard.type('kubectl get nodes\n')
  await expectShown(page, 'novacraft-worker3')
  await page.keyboard.press('Alt+Shift+5')
  await expect.poll(async () => (await boxOf(page, 'Terminal')).width).toBeLessThan(1440)
})
