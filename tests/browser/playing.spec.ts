// Days of a CronJob played at full speed: what the page holds and draws stays as small as it was
// after the first hour, which is what keeps it smooth however long it plays.
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter, setSpeed, type } from './page.ts'

/** Cluster, inspector and timeline after an hour have about three hundred. */
const ELEMENTS_MAX = 450

test('after days at 10,000× the page holds no more than after the first hour', async ({ page }) => {
  const told = await watchAnswers(page)
  await openChapter(page, '05-the-nightly-report')
  await type(page, 'kubectl apply -f daily-report-cronjob.yaml')
  await expectShown(page, 'cronjob.batch/daily-report created')
  await page.getByRole('button', { name: 'CronJob daily-report' }).first().click()
  await setSpeed(page, '10,000×')
  await jumpAhead(page)
  await expect(page.getByLabel('Cluster time')).not.toContainText('Mon 2 Mar', { timeout: 60_000 })

  // Answers of the worker tell what changed since the one before, never the whole run.
  const begun = (await told()).length
  await expect.poll(async () => (await told()).length).toBeGreaterThan(begun + 20)
  expect(Math.max(...(await told()).slice(begun))).toBeLessThan(200)
  expect(await page.locator('.why-change').count()).toBeLessThanOrEqual(12)
  expect(await elements(page)).toBeLessThan(ELEMENTS_MAX)

  await page.getByRole('button', { name: 'Show as a table' }).click()
  const table = page.getByRole('region', { name: 'Timeline as a table' })
  await expect(table.locator('tbody tr')).toHaveCount(25)
  await table.getByRole('button', { name: 'Show older' }).click()
  await expect(table.locator('tbody tr')).toHaveCount(125)
})

/** To the right edge of the timeline, which at this speed lies days ahead. */
async function jumpAhead(page: Page): Promise<void> {
  const ruler = page.locator('.axis-ruler')
  const { width } = (await ruler.boundingBox())!
  await ruler.click({ position: { x: width - 4, y: 8 } })
}

/** What shows the cluster; the editor, which is loaded meanwhile, does not count. */
function elements(page: Page): Promise<number> {
  return page.locator('.cluster *, .inspector *, .timeline *').count()
}

/** Notes how many things each answer of the worker tells. Gives what has been noted so far. */
async function watchAnswers(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.addInitScript(() => {
    const counts: number[] = []
    Object.assign(globalThis, { counts })
    const { Worker: Original } = globalThis
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        this.addEventListener('message', ({ data }) => {
          const { objects, spans, ledgers } = data?.value ?? {}
          if (spans !== undefined) counts.push(objects.length + spans.length + ledgers.length)
        })
      }
    }
  })
  return () => page.evaluate(() => (globalThis as unknown as { counts: number[] }).counts)
}
