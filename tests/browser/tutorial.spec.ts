// The tutorial's own commands, typed in the page's terminal in a real browser.
import { expect, test } from '@playwright/test'
import { clear, expectShown, goals, openChapter, setSpeed, type } from './page.ts'

test('part 1: the data processing Job computes π and every goal is reached', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await type(page, 'kubectl apply -f pi-job.yaml')
  await expectShown(page, 'job.batch/pi-calculator created')
  await type(page, 'kubectl describe jobs/pi-calculator')
  await expectShown(page, 'SuccessfulCreate')
  await type(page, 'kubectl describe jobs/pi-calculator | grep Statuses')
  await expectShown(page, /Pods Statuses: +1 Active/)
  await setSpeed(page, '10×')
  await expect(goals(page)).toHaveText('goals 3/4')
  await clear(page)
  await type(page, 'kubectl logs -l job-name=pi-calculator')
  await expectShown(page, /8890750983817546374649393192550604009277016711390098488240128583616035/)
  // Two thousand digits are more than the screen holds.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+PageUp')
  await expectShown(page, '3.14159265358979323846264338327950288419716939937510')
  await expect(goals(page)).toHaveText('goals 4/4')
  await clear(page)
  await type(page, 'kubectl get jobs,pods')
  await expectShown(page, /job\.batch\/pi-calculator +Complete +1\/1/)
  await expectShown(page, /pod\/pi-calculator-\w{5} +0\/1 +Completed/)
  await type(page, 'kubectl delete -f pi-job.yaml')
  await expectShown(page, 'job.batch "pi-calculator" deleted from default namespace')
})

test('part 2: the scheduled report fires each minute and keeps three Jobs', async ({ page }) => {
  await openChapter(page, '05-the-nightly-report')
  await type(page, 'kubectl apply -f daily-report-cronjob.yaml')
  await expectShown(page, 'cronjob.batch/daily-report created')
  await type(page, 'kubectl get jobs --watch')
  await setSpeed(page, '60×')
  await expectShown(page, /daily-report-\d{8} +Running +0\/1/)
  await expectShown(page, /daily-report-\d{8} +Complete +1\/1/)
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('Control+c')
  await expect(goals(page)).toHaveText('goals 4/4')
  await setSpeed(page, '600×')
  await page.waitForTimeout(1_500)
  await page.getByRole('button', { name: 'Pause' }).click()
  await clear(page)
  await type(page, 'kubectl get jobs --no-headers | grep -c Complete')
  await expectShown(page, /Complete ?\$? ?3/)
  await type(page, 'kubectl logs job/$(kubectl get jobs -o name | head -1 | cut -d/ -f2)')
  await expectShown(page, 'Generating daily report...')
})

test('part 3: fluentd runs on the workers, and with a toleration everywhere', async ({ page }) => {
  await openChapter(page, '08-one-on-every-floor')
  await type(page, 'kubectl apply -f fluentd-daemonset.yaml')
  await expectShown(page, 'daemonset.apps/fluentd-elasticsearch created')
  await setSpeed(page, '10×')
  await expect(goals(page)).toHaveText('goals 1/4')
  await clear(page)
  await type(page, 'kubectl get pods -n kube-system -l name=fluentd-elasticsearch -o wide')
  for (const worker of ['worker', 'worker2', 'worker3'])
    await expectShown(page, new RegExp(`1/1 +Running .*novacraft-${worker} `))
  await clear(page)
  const patch = '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'
  await type(page, `kubectl patch ds fluentd-elasticsearch -n kube-system -p '${patch}'`)
  await expectShown(page, 'daemonset.apps/fluentd-elasticsearch patched')
  await setSpeed(page, '60×')
  await expect(goals(page)).toHaveText('goals 3/4')
})

test('a mistake is answered in kubectl’s words', async ({ page }) => {
  await openChapter(page, '00-monday-morning')
  await type(page, 'kubectl gett pods')
  await expectShown(page, 'error: unknown command "gett" for "kubectl"')
  await type(page, 'kubectl get jobz')
  await expectShown(page, `error: the server doesn't have a resource type "jobz"`)
  await type(page, 'kubectl apply -f nope.yaml')
  await expectShown(page, 'error: the path "nope.yaml" does not exist')
})

test('what a command writes to both its streams is shown whole', async ({ page }) => {
  await openChapter(page, '08-one-on-every-floor')
  await type(page, 'kubectl apply -f fluentd-daemonset.yaml')
  await expectShown(page, 'created')
  const set = 'ds/fluentd-elasticsearch -n kube-system'
  await type(page, `kubectl set image ${set} fluentd-elasticsearch=busybox`)
  await expectShown(page, 'image updated')
  for (let round = 0; round < 4; round++) {
    await clear(page)
    await type(page, `kubectl rollout undo ${set}`)
    await expectShown(page, /previously managed with.*fluentd-elasticsearch rolled back/)
  }
})
