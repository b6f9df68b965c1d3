import { readFileSync } from 'node:fs';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
const link = process.env['LINK'] ?? /http:\S+/.exec(readFileSync('/tmp/rb/serve.log', 'utf8'))?.[0] ?? '';
const origin = new URL(link).origin;
const browser = await launchBrowser();
const [scheme, ...paths] = process.argv.slice(2);
try {
  const { page, complaints } = await openApp(browser, link, { scheme: scheme === 'dark' ? 'dark' : 'light' });
  await page.waitForTimeout(1500);
  let index = 0;
  for (const path of paths) {
    const [hash, ...clicks] = path.split('::');
    await page.goto(`${origin}/#${hash}`);
    await page.waitForTimeout(1800);
    for (const click of clicks) {
      if (click.startsWith('wait')) await page.waitForTimeout(Number(click.slice(4)));
      else await page.locator(click).first().click();
      await page.waitForTimeout(500);
    }
    await page.screenshot({ path: `/tmp/rb/look-${index}.png` });
    console.log(hash, await seriousFindings(page));
    index += 1;
  }
  console.log('complaints', complaints);
} finally { await browser.close(); }
