// Nothing is destroyed without a way back: a chapter begun again or left, a solution, the past.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter, setSpeed, type } from './page.ts'

const CHAPTER = '02-pi-to-two-thousand-places'

async function runJob(page: Page): Promise<void> {
  await openChapter(page, CHAPTER)
  await type(page, 'kubectl apply -f pi-job.yaml')
  await expectShown(page, 'created')
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
}

test('a chapter begun again, or left, comes back as it was', async ({ page }) => {
  await runJob(page)
  await page.getByRole('button', { name: 'Begin this chapter again' }).click()
  await expect(page.getByText('It has begun anew.')).toBeVisible()
  await undo(page)
  await expectShown(page, 'job.batch/pi-calculator created')
  await type(page, 'kubectl get jobs')
  await expectShown(page, /pi-calculator +Running/)
  await page.evaluate(() => (location.hash = '#05-scheduled-report'))
  await expect(page.getByText(/^You have left/)).toBeVisible()
  await undo(page)
  await expectShown(page, 'job.batch/pi-calculator created')
  expect(new URL(page.url()).hash).toBe(`#${CHAPTER}`)
})

test('in the past a band leads back, or on to a new future beside the old', async ({ page }) => {
  await runJob(page)
  await setSpeed(page, '60×')
  await expect(page.getByText('goals 2/4')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the beginning' }).click()
  const band = page.getByText(/^You are in the past/)
  await expect(band).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.getByRole('button', { name: /^Return to/ }).click()
  await expect(band).toBeHidden()
  await expect(page.getByText('goals 2/4')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the beginning' }).click()
  await page.getByRole('button', { name: 'Start a new future here' }).click()
  await expect(band).toBeHidden()
  await page.getByRole('button', { name: 'Return to it' }).click()
  await expect(page.getByText('goals 2/4')).toBeVisible()
})
