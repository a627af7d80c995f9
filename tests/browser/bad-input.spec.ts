// Whatever is thrown at it, the page answers with a clear error and the cluster lives on.
import { expect, test, type Page } from '@playwright/test'
import { clear, expectShown, openChapter, setSpeed, type } from './page.ts'

async function stillAlive(page: Page): Promise<void> {
  await clear(page)
  await type(page, 'kubectl get nodes')
  await expectShown(page, /novacraft-worker3 +Ready/)
}

/** Writes a file by the shell, as a learner could. */
async function write(page: Page, name: string, lines: readonly string[]): Promise<void> {
  await type(page, `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > ${name}`)
}

test('a manifest that is no YAML is refused with its line', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await write(page, 'broken.yaml', ['apiVersion: batch/v1', 'kind: Job', 'metadata: name: x'])
  await type(page, 'kubectl apply -f broken.yaml')
  await expectShown(page, 'error: error parsing broken.yaml: error converting YAML to JSON')
  await stillAlive(page)
})

test('aliases that multiply and keys of prototypes do no harm', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [index, name] of [...'bcdefghi'].entries()) {
    const before = 'abcdefgh'[index]
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`)
  }
  await write(page, 'bomb.yaml', bomb)
  await type(page, 'kubectl apply -f bomb.yaml')
  await expectShown(page, /error: .*bomb\.yaml/)
  await clear(page)
  await write(page, 'proto.yaml', [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: {name: p}',
    '__proto__: {polluted: yes}',
  ])
  await type(page, 'kubectl apply -f proto.yaml')
  await expectShown(page, 'unknown field "__proto__"')
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  await stillAlive(page)
})

test('a manifest of five megabytes is refused', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const comment = `# ${'0123456789'.repeat(9)}`
  await type(page, `seq 1 60000 | sed 's/.*/${comment}/' > big.yaml; ls`)
  await expectShown(page, /big\.yaml ?pi-job\.yaml/)
  await type(page, 'kubectl apply -f big.yaml')
  await expectShown(page, /error: .*big\.yaml/)
  await stillAlive(page)
})

test('a container that loops for ever keeps its Pod running and stops nothing', async ({
  page,
}) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  await type(page, `kubectl create job busy --image=busybox -- sh -c 'while true; do :; done'`)
  await setSpeed(page, '60×')
  await expectShown(page, 'created')
  await page.waitForTimeout(1_500)
  await clear(page)
  await type(page, 'kubectl get pods')
  await expectShown(page, /busy-\w{5} +1\/1 +Running/)
  await stillAlive(page)
})

test('text of the user is never markup', async ({ page }) => {
  await openChapter(page, '02-pi-to-two-thousand-places')
  const name = '<img src=x onerror=alert(1)>.yaml'
  page.on('dialog', () => expect(true).toBe(false))
  await page.getByRole('button', { name: 'New file' }).click()
  const field = page.getByLabel('File name')
  await field.fill(name)
  await field.press('Enter')
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
  await stillAlive(page)
})
