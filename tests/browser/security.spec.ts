// The page keeps to its own content policy: nothing it does is refused by the browser.
import { expect, test } from '@playwright/test'
import { expectShown, openChapter, type } from './page.ts'

test('nothing the page loads or runs breaks its content policy', async ({ page }) => {
  await page.addInitScript(() => {
    const broken: string[] = []
    Object.assign(globalThis, { brokenPolicies: broken })
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      broken.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await openChapter(page, '02-pi-to-two-thousand-places')
  await expect(
    page.locator('meta[http-equiv="Content-Security-Policy"]'),
    'the built page states its policy',
  ).toHaveCount(1)
  await type(page, 'kubectl get nodes | grep worker3')
  await expectShown(page, /novacraft-worker3 +Ready/)
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await page.getByRole('button', { name: 'Share' }).first().click()
  await page.keyboard.press('Escape')
  const broken = await page.evaluate(
    () => (globalThis as { brokenPolicies?: string[] }).brokenPolicies,
  )
  expect(broken).toEqual([])
})
