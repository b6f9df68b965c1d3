import { readFileSync } from 'node:fs';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
const link = /http:\S+/.exec(readFileSync('/tmp/rb/serve.log', 'utf8'))?.[0] ?? '';
const origin = new URL(link).origin;
const browser = await launchBrowser();
const { page, complaints } = await openApp(browser, link);
page.setDefaultTimeout(20_000);
try {
  await page.waitForTimeout(1000);
  await page.goto(`${origin}/#/review`);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/rb/f2-list.png' });
  await page.getByRole('grid', { name: 'Proposals' }).getByRole('link', { name: 'ap' }).click();
  await page.getByLabel('database_password').fill('correct-horse-1');
  await page.getByRole('button', { name: 'Fill in and plan again' }).click();
  const approve = page.getByRole('button', { name: /^Create 32 resources/ });
  for (let i = 0; i < 60; i += 1) { await page.waitForTimeout(1000); if (await approve.count() && await approve.isEnabled()) break; }
  await page.getByRole('button', { name: /^1 networking/ }).click();
  await page.getByText('aws_vpc.main').first().click().catch(() => console.log('no vpc.main'));
  await page.getByRole('button', { name: /^2 data/ }).click();
  await page.waitForTimeout(600);
  await page.screenshot({ path: '/tmp/rb/f2-ready.png' });
  await page.locator('section[aria-label="Plan"]').screenshot({ path: '/tmp/rb/f2-plan.png' });
  await page.locator('section[aria-label="Checks"]').screenshot({ path: '/tmp/rb/f2-checks.png' });
  console.log(await seriousFindings(page));
  await approve.click();
  await page.waitForTimeout(8000);
  await page.screenshot({ path: '/tmp/rb/f2-run1.png' });
  console.log(await seriousFindings(page));
  await page.waitForTimeout(30000);
  await page.screenshot({ path: '/tmp/rb/f2-run2.png' });
  for (let i = 0; i < 140; i += 1) { await page.waitForTimeout(1000); if (await page.getByRole('region', { name: 'Outcome' }).count()) break; }
  await page.screenshot({ path: '/tmp/rb/f2-end.png' });
} catch (e) { console.log(e); await page.screenshot({ path: '/tmp/rb/flow-error.png' }); } finally { console.log('complaints', complaints); await browser.close(); }
