// The terminal's workers in a real browser: the shell comes when a line needs it, and the prompt comes
// back whatever happens to the run.
import { expect, test, type Page } from '@playwright/test'
import { expectShown, openChapter, shown, type } from './page.ts'

// What is kept for use offline would answer in the server's place.
test.use({ serviceWorkers: 'block' })

const CHAPTER = '02-pi-to-two-thousand-places'

function shells(page: Page): string[] {
  return page
    .workers()
    .map((worker) => worker.url())
    .filter((url) => url.includes('shell.worker'))
}

test('the shell is loaded by the first line that needs one, and says so when it takes long', async ({
  page,
}) => {
  let asked = 0
  await page.route('**/shell.worker*', async (route) => {
    asked += 1
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await openChapter(page, CHAPTER)
  await type(page, 'kubectl apply -f pi-job.yaml')
  await type(page, 'k get nodes; cron next "0 9 * * *"')
  await expectShown(page, /worker3.*09:00/)
  expect([asked, shells(page)]).toEqual([0, []])
  await type(page, 'cat pi-job.yaml | head -1')
  await expectShown(page, 'loading the shell …')
  await expectShown(page, 'apiVersion: batch/v1')
  expect(await shown(page)).not.toContain('loading')
  expect([asked, shells(page).length]).toEqual([1, 1])
})

for (const line of ['kubectl apply -f pi-job.yaml', 'kubectl get pods -w', 'ls | cat'])
  test(`begun again right after “${line}”, the chapter has a prompt that works`, async ({
    page,
  }) => {
    await openChapter(page, CHAPTER)
    for (let round = 0; round < 3; round++) {
      await type(page, line)
      await page.waitForTimeout(100 * round)
      await page.getByRole('button', { name: 'Begin this chapter again' }).click()
      await expect.poll(async () => (await shown(page)).trim()).toBe('alex:~$')
      await type(page, 'kubectl get namespaces')
      await expectShown(page, /kube-system +Active.*alex:~\$ *$/)
    }
  })

test('a chapter chosen while a command waits begins with a prompt', async ({ page }) => {
  await openChapter(page, CHAPTER)
  await type(page, 'kubectl get pods -w | grep pi')
  await page.evaluate(() => (location.hash = '#05-scheduled-report'))
  await expect(page.getByText('A chapter begins, so the command that was running')).toBeVisible()
  await expect.poll(async () => (await shown(page)).trim()).toBe('alex:~$')
  await type(page, 'ls')
  await expectShown(page, 'daily-report-cronjob.yaml')
})
