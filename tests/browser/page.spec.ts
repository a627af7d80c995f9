// What any page owes its users: it fits, it can be read and operated, it keeps what was done, it
// asks nobody else.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectShown, openChapter, setSpeed, shown, type } from './page.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

for (const size of SIZES)
  for (const colorScheme of ['light', 'dark'] as const)
    test(`at ${size.width}×${size.height}, ${colorScheme}, it fits and is accessible`, async ({
      browser,
    }) => {
      const context = await browser.newContext({ viewport: size, colorScheme })
      const page = await context.newPage()
      await page.goto('#02-pi-to-two-thousand-places')
      await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
      await expect(page.getByText('goals 0/4')).toBeVisible()
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBeLessThanOrEqual(0)
      const results = await new AxeBuilder({ page }).analyze()
      const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      expect(found).toEqual([])
      await context.close()
    })

test('it asks no other origin for anything and logs no error', async ({ page, baseURL }) => {
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(baseURL!) && !/^(data|blob):/.test(url)) foreign.push(url)
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await openChapter(page, '02-pi-to-two-thousand-places')
  await type(page, 'kubectl apply -f pi-job.yaml')
  await page.getByText('apiVersion').first().click()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  expect(foreign).toEqual([])
  expect(errors).toEqual([])
})

test('a reload loses nothing', async ({ page }) => {
  await openChapter(page, '05-the-nightly-report')
  await type(page, 'kubectl apply -f daily-report-cronjob.yaml')
  await expectShown(page, 'created')
  await setSpeed(page, '60×')
  await expect(page.getByText('goals 1/4').or(page.getByText('goals 3/4'))).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  // What was asked of the worker before the pause still arrives; then the session is saved.
  await page.waitForTimeout(2_500)
  const clock = await page.getByLabel('Cluster time').textContent()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  await expect(page.getByLabel('Cluster time')).toHaveText(clock!)
  await type(page, 'kubectl get cronjobs')
  await expectShown(page, /daily-report +\*\/1 \* \* \* \*/)
})

test('a link names a chapter by any name it ever had, and a wrong one is told', async ({
  page,
}) => {
  await openChapter(page, 'scheduled-report')
  await expect(page.getByText('The nightly report').first()).toBeVisible()
  await page.goto('about:blank')
  await page.goto('#no-such-chapter%E0%')
  await expect(page.getByText('There is no chapter called “no-such-chapter')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Cluster' })).toContainText('worker3')
})

test('everything works from the keyboard', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await page.locator('body').press('Space')
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  const seen = new Set<string>()
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      if (element === null || element === document.body) return ''
      const box = element.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
      return box.width > 0 ? name.trim().slice(0, 40) : ''
    })
    if (focus !== '') seen.add(focus)
  }
  for (const name of ['Play', 'Help', 'Share this moment', 'Step to the next change'])
    expect(
      [...seen].some((label) => label.startsWith(name)),
      name,
    ).toBe(true)
})

/** Runs the Job and picks its Pod in the cluster; the inspector shows it. */
async function pickPod(page: Page): Promise<{ tile: Locator; inspector: Locator }> {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await type(page, 'kubectl apply -f pi-job.yaml')
  const cluster = page.getByRole('region', { name: 'Cluster' })
  const tile = cluster.getByRole('button', { name: /^Pod pi-calculator/ })
  await tile.click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('pi-calculator')
  return { tile, inspector }
}

test('what is picked in one view is picked in all', async ({ page }) => {
  const { tile, inspector } = await pickPod(page)
  await inspector.getByRole('tab', { name: 'YAML' }).click()
  await expect(inspector).toContainText('kind: Pod')
  await inspector.getByRole('tab', { name: 'Why' }).click()
  await expect(inspector).toContainText('kubectl apply -f pi-job.yaml')
  await expect(tile).toHaveAttribute('aria-pressed', 'true')
})

test('picking a thing moves nothing else, and says so when it is not there yet', async ({
  page,
}) => {
  const { tile, inspector } = await pickPod(page)
  await expect(tile).toBeFocused()
  await page.getByRole('button', { name: 'Back to the beginning' }).click()
  await expect(inspector).toContainText('It does not exist yet.')
})

test('a manifest pasted as a here document is applied', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const text = `cat <<EOF | kubectl apply -f -
apiVersion: batch/v1
kind: Job
metadata:
  name: pasted
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        command: ["echo", "hello"]
EOF
`
  await page.locator('.xterm-helper-textarea').evaluate((field, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
  await expectShown(page, 'job.batch/pasted created')
  await type(page, 'clear')
  await expect.poll(async () => (await shown(page)).trim()).toBe('alex:~$')
})
