// The editor as a learner uses it: it speaks with the API server's words, at the right places.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter } from './page.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: pi-calculator
spec:
  template:
    spec:
      containers:
      - name: pi
        image: perl
        command: ["perl", "-Mbignum=bpi", "-wle", "print bpi(2000)"]
      restartPolicy: Never
  backoffLimit: 4
`

/** Opens the chapter of the first Job with the cursor in its file. */
async function openEditor(page: Page): Promise<void> {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await page
    .getByRole('textbox', { name: /^pi-job.yaml/ })
    .first()
    .click()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await expect(problems(page)).toContainText('The API server would take this')
}

function problems(page: Page) {
  return page.getByRole('region', { name: 'Problems' })
}

async function focusEditor(page: Page): Promise<void> {
  await page.locator('.monaco-editor .native-edit-context, .monaco-editor textarea').first().focus()
}

/** Replaces the file by a text from the clipboard, as whoever copies from a web page does. */
async function paste(page: Page, text: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+a')
  await page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+v')
}

async function fileText(page: Page): Promise<string> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
  return await page.evaluate(async () => await navigator.clipboard.readText())
}

/** The line the cursor stands on, as Monaco marks its number. */
function currentLine(page: Page) {
  return page.locator('.line-numbers.active-line-number')
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

test('problems stand on their lines and in a list to go through', async ({ page }) => {
  await openEditor(page)
  const bad = JOB.replace('backoffLimit: 4', 'backoffLimit: -4').replace('Never', 'Always')
  await paste(page, bad)
  await expect(problems(page)).toContainText('2 problems')
  await page.keyboard.press('F8')
  await expect(currentLine(page)).toHaveText('12')
  await expect(page.locator('.squiggly-error').first()).toBeVisible()
  await page.keyboard.press('F8')
  await expect(currentLine(page)).toHaveText('13')
  await page.keyboard.press('Shift+F8')
  await expect(currentLine(page)).toHaveText('12')
  await expect(page.getByText('Problem 1 of 2, line 12: spec.template.spec.restart')).toBeAttached()
  await problems(page)
    .getByRole('button', { name: /line 13.*greater than or equal to 0/ })
    .click()
  await expect(currentLine(page)).toHaveText('13')
  await paste(page, JOB)
  await expect(problems(page)).toContainText('The API server would take this')
  await expect(page.locator('.squiggly-error')).toHaveCount(0)
})

test('documentation comes on hover, as text and not as markup', async ({ page }) => {
  await openEditor(page)
  await page.locator('.view-line').first().click()
  await page.keyboard.press('Control+End')
  await page.locator('.view-line').getByText('restartPolicy', { exact: true }).hover()
  const hover = page.locator('.monaco-hover').first()
  await expect(hover).toContainText('Job.spec.template.spec.restartPolicy string')
  await expect(hover).toContainText('More info: https://kubernetes.io/docs/concepts/workloads/')
  await expect(hover.locator('a, code, img')).toHaveCount(0)
})

test('fields and values complete with the right indentation', async ({ page }) => {
  await openEditor(page)
  await paste(page, JOB.replace('      restartPolicy: Never\n', ''))
  await page.keyboard.press('ControlOrMeta+Home')
  for (let line = 1; line < 11; line++) await page.keyboard.press('ArrowDown')
  // A wrapped line has its first end where it wraps.
  await page.keyboard.press('End')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const list = page.locator('.suggest-widget.visible')
  await page.keyboard.press('Control+Space')
  await expect(list.getByRole('option', { name: /^env/ }).first()).toBeVisible()
  await page.keyboard.type('resour')
  await expect(list.locator('.monaco-list-row').first()).toContainText('resources')
  await page.keyboard.press('Enter')
  await expect(list.locator('.monaco-list-row').first()).toContainText('claims')
  await page.keyboard.type('lim')
  await expect(list.locator('.monaco-list-row').first()).toContainText('limits')
  await page.keyboard.press('Enter')
  await expect(list.locator('.monaco-list-row').first()).toContainText('cpu')
  await page.keyboard.press('Enter')
  await page.keyboard.type('100m')
  await page.keyboard.press('Enter')
  // Back to the column of the Pod's own fields.
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('restartP')
  await expect(list.locator('.monaco-list-row').first()).toContainText('restartPolicy')
  await page.keyboard.press('Enter')
  await expect(list.locator('.monaco-list-row')).toHaveText([/Never/, /OnFailure/])
  await page.keyboard.press('Enter')
  const resources = '        resources:\n          limits:\n            cpu: 100m\n'
  expect(await fileText(page)).toBe(
    JOB.replace('      restartPolicy', `${resources}      restartPolicy`),
  )
})

test('a manifest pasted without its indentation is repaired on request', async ({ page }) => {
  await openEditor(page)
  const flat = JOB.replaceAll(/^ +/gm, '')
  await paste(page, flat)
  await page.getByRole('button', { name: 'Show the repair' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('As it is')).toContainText('- name: pi')
  await expect(dialog.locator('.found-space')).toHaveCount(9)
  await dialog.getByRole('button', { name: 'Repair', exact: true }).click()
  await expect(problems(page)).toContainText('The API server would take this')
  expect(await fileText(page)).toBe(JOB)
  await page.keyboard.press('ControlOrMeta+z')
  expect(await fileText(page)).toBe(flat)
  await page.getByRole('button', { name: 'Leave it' }).click()
  await expect(page.getByRole('button', { name: 'Show the repair' })).toBeHidden()
  expect(await fileText(page)).toBe(flat)
})

test('what is new is applied at once, what changes is shown first', async ({ page }) => {
  await openEditor(page)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expectShown(page, 'job.batch/pi-calculator created')
  await paste(page, JOB.replace('backoffLimit: 4', 'backoffLimit: 2'))
  await page.keyboard.press('ControlOrMeta+Enter')
  const dialog = page.getByRole('dialog', { name: 'What Apply changes' })
  await expect(dialog.locator('del')).toHaveText(/backoffLimit: 4/)
  await expect(dialog.locator('ins')).toHaveText(/backoffLimit: 2/)
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  // What changes is worked out elsewhere: a key pressed before it is shown is not its answer.
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expectShown(page, 'job.batch/pi-calculator configured')
  await paste(page, JOB.replace('image: perl', 'image: busybox'))
  await expect(problems(page)).toContainText('field is immutable')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText(/pi-job.yaml is saved in this browser/)).toBeVisible()
})

test('it can be entered and left by keyboard', async ({ page }) => {
  await openEditor(page)
  const focused = page.locator('.monaco-editor.focused')
  await page.keyboard.press('Tab')
  await expect(focused).toHaveCount(1)
  expect(await fileText(page)).not.toBe(JOB)
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(focused).toHaveCount(0)
  // Who only passes through is not held either.
  await page.keyboard.press('Shift+Tab')
  await expect(focused).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(focused).toHaveCount(0)
  // What is typed is text: none of it is a key of the page.
  await focusEditor(page)
  await page.keyboard.type('pnc')
  expect(await fileText(page)).toContain('pnc')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
})

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`problems, repair and preview are accessible: ${theme}`, async ({ page }) => {
    await openEditor(page)
    await page.getByRole('button', { name: /^Theme/ }).click()
    await page.getByRole('menuitemradio', { name: new RegExp(`^${theme}`) }).click()
    await paste(page, JOB.replaceAll(/^ +/gm, ''))
    await expect(page.getByRole('button', { name: 'Show the repair' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Show the repair' }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await focusEditor(page)
    await page.keyboard.press('ControlOrMeta+Enter')
    await expectShown(page, 'created')
    await paste(page, JOB.replace('4', '5'))
    await page.getByRole('button', { name: 'What would Apply change?' }).click()
    await expect(page.getByRole('dialog').locator('ins')).toBeVisible()
    expect(await violations(page)).toEqual([])
  })

test('hovering, completing and typing each get the words of the server', async ({ page }) => {
  await openEditor(page)
  await page.locator('.view-line').first().click()
  await page.keyboard.press('Control+End')
  await page.locator('.view-line').getByText('restartPolicy', { exact: true }).hover()
  await expect(page.locator('.monaco-hover').first()).toContainText('Job.spec.template')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('  act', { delay: 60 })
  await expect(page.locator('.suggest-widget.visible')).toContainText('activeDeadlineSeconds')
  await page.keyboard.press('Enter')
  await page.keyboard.type('30\ncompletions: 3\nparallelism: 2\n# a remark', { delay: 60 })
  await expect(problems(page)).toContainText('The API server would take this')
})

test('a new file is named and then written, and no key goes to the page', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await page.getByRole('button', { name: 'New file' }).click()
  await expect(page.getByLabel('File name')).toBeFocused()
  await page.keyboard.type('mine')
  await page.keyboard.press('Enter')
  const isWriting = () => document.activeElement?.closest('.monaco') instanceof HTMLElement
  await expect.poll(() => page.evaluate(isWriting)).toBe(true)
  await page.keyboard.type('# typed')
  await expect(page.locator('.view-lines')).toHaveText(/^#\styped$/)
})
