// What is typed, pasted or clicked arrives where it was meant, also before something has loaded; and
// what is pressed moves nothing away from under the pointer.
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter, shown } from './page.ts'

// What is kept for use offline would answer in the server's place.
test.use({ permissions: ['clipboard-read', 'clipboard-write'], serviceWorkers: 'block' })

const CHAPTER = '02-pi-to-two-thousand-places'

/** Lets the editor take long to load. */
async function slowEditor(page: Page): Promise<void> {
  await page.route('**/monaco-editor*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
}

async function copy(page: Page, text: string): Promise<void> {
  await page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text)
}

async function lines(page: Page): Promise<string> {
  const rows = await page.locator('.view-line').allTextContents()
  return rows.map((row) => row.replaceAll('\u00a0', ' ')).join('\n')
}

test('the first click in the editor puts the cursor where it was', async ({ page }) => {
  await slowEditor(page)
  await openChapter(page, CHAPTER)
  const word = page.locator('.static-file').getByText('restartPolicy', { exact: false }).first()
  await word.click({ position: { x: 3, y: 8 } })
  await page.keyboard.type('# ')
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await expect.poll(() => lines(page)).toMatch(/^ *# restartPolicy: Never/m)
})

test('what is pasted and typed right after naming a file is in it', async ({ page }) => {
  await slowEditor(page)
  await openChapter(page, CHAPTER)
  await copy(page, 'kind: Job\nspec:\n  template:\n    spec:\n      containers:\n      ')
  await page.getByRole('button', { name: 'New file' }).click()
  await page.keyboard.type('mine')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+v')
  await page.keyboard.type('- name: main')
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await expect.poll(() => lines(page)).toMatch(/^kind: Job\n[^]*\n {6}- name: main$/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('image: busybox')
  await expect.poll(() => lines(page)).toMatch(/\n {8}image: busybox$/)
})

test('whoever has gone to the terminal while the editor loads types on there', async ({ page }) => {
  await slowEditor(page)
  await openChapter(page, CHAPTER)
  await page.getByRole('button', { name: 'New file' }).click()
  await page.keyboard.type('mine')
  await page.keyboard.press('Enter')
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('kubectl get')
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await page.keyboard.type(' namespaces')
  await page.keyboard.press('Enter')
  await expectShown(page, /kube-system +Active/)
})

test('Ctrl-V pastes into the terminal', async ({ page }) => {
  await openChapter(page, CHAPTER)
  await copy(page, 'kubectl get nodes')
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('ControlOrMeta+v')
  await page.keyboard.press('Enter')
  await expectShown(page, 'novacraft-worker3')
  expect((await shown(page)).split('kubectl get nodes')).toHaveLength(2)
})

test('pausing moves nothing in the transport bar', async ({ page }) => {
  await openChapter(page, CHAPTER)
  const thumb = page.getByRole('slider')
  const before = await thumb.boundingBox()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await thumb.boundingBox()).toEqual(before)
})

test('who turns a page of the story stands at its beginning', async ({ page }) => {
  await openChapter(page, CHAPTER)
  const next = page.getByRole('button', { name: 'Next', exact: true })
  await next.click()
  const isStory = () => document.activeElement?.matches('.story-scroll')
  await expect.poll(() => page.evaluate(isStory)).toBe(true)
})

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])
  test(`at ${size.width} pixels nothing to press is smaller than 24 by 24`, async ({ page }) => {
    await page.setViewportSize(size)
    await page.goto(`#${CHAPTER}`)
    await expect(page.getByText('goals 0/4')).toBeVisible()
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, summary, input, [role="tab"], [role="slider"]')]
        .filter((element) => !element.matches('p .link-button, span .link-button, .xterm *'))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && box.height > 1)
        .filter(({ box, element }) => {
          const reach = element.matches('[role="slider"]') ? 18 : 24
          return box.width < reach || box.height < reach
        })
        .map(({ element, box }) => `${element.className} ${box.width}×${box.height}`),
    )
    expect(small).toEqual([])
  })
