// What the browser tests do with the page, in a learner's terms.
import { expect, type Locator, type Page } from '@playwright/test'

/** Opens a chapter in a browser that has never seen the page, and waits for its cluster. */
export async function openChapter(page: Page, slug: string): Promise<void> {
  await page.goto(`#${slug}`)
  await expect(page.getByRole('region', { name: 'Cluster' })).toContainText('worker3')
  await expect(prompt(page)).toBeVisible()
}

/** The rows of the terminal as they can be read. */
export function terminal(page: Page): Locator {
  return page.locator('.xterm-rows')
}

function prompt(page: Page): Locator {
  return terminal(page).getByText('$', { exact: false }).first()
}

/** Types a line into the terminal and presses Enter. */
export async function type(page: Page, line: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** Everything the terminal shows, lines joined where they were wrapped. */
export async function shown(page: Page): Promise<string> {
  const rows = await terminal(page).locator('> div').allTextContents()
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n')
}

/** Waits until the terminal shows `text`; wrapped lines are joined. */
export async function expectShown(page: Page, text: string | RegExp): Promise<void> {
  const read = async (): Promise<string> => (await shown(page)).replaceAll('\n', '')
  if (typeof text === 'string') await expect.poll(read).toContain(text)
  else await expect.poll(read).toMatch(text)
}

export async function clear(page: Page): Promise<void> {
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('Control+l')
}

/** Sets the speed by its labelled stops: '60×', '3,600×'. */
export async function setSpeed(page: Page, stop: string): Promise<void> {
  await page.getByRole('button', { name: `Speed ${stop}`, exact: true }).click()
}

/** The goals of the chapter that are done, of how many. */
export function goals(page: Page): Locator {
  return page.getByText(/^goals \d+\/\d+$/)
}
