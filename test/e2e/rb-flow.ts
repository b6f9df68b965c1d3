import { readFileSync } from 'node:fs';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
const link = /http:\S+/.exec(readFileSync('/tmp/rb/serve.log', 'utf8'))?.[0] ?? '';
const origin = new URL(link).origin;
const browser = await launchBrowser();
const world = JSON.parse(readFileSync('/tmp/rb/world.json', 'utf8'));
const { page, complaints } = await openApp(browser, link);
page.setDefaultTimeout(20_000);
try {
  await page.waitForTimeout(1000);
  await page.goto(`${origin}/#/catalog/regional-infrastructure`);
  await page.getByRole('button', { name: 'Propose for a region' }).click();
  await page.getByRole('combobox', { name: 'Environment' }).fill('ap');
  await page.getByRole('combobox', { name: 'Account' }).fill(world.company.accounts.production.id);
  await page.getByRole('combobox', { name: 'Region' }).fill('ap-southeast-1');
  await page.keyboard.press('Escape');
  await page.getByLabel('cidr').fill('10.40.0.0/16');
  await page.getByLabel('Reason').fill('expand to Asia-Pacific');
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/rb/flow-propose.png', fullPage: true });
  console.log(await seriousFindings(page));
  await page.getByRole('button', { name: 'Propose regional-infrastructure 2.3.0' }).click();
  await page.getByText('to fill in').first().waitFor();
  await page.screenshot({ path: '/tmp/rb/flow-planning.png' });
  for (let i = 0; i < 40; i += 1) { await page.waitForTimeout(1000); if (await page.getByRole('button', { name: /resources in ap/ }).count()) break; }
  await page.screenshot({ path: '/tmp/rb/flow-review.png' });
  console.log(page.url(), await seriousFindings(page));
} catch (e) { console.log(e); await page.screenshot({ path: '/tmp/rb/flow-error.png' }); } finally { console.log('complaints', complaints); await browser.close(); }
