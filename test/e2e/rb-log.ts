import { readFileSync } from 'node:fs';
import { launchBrowser, openApp } from '#test/support/browser/index.ts';
const link = /http:\S+/.exec(readFileSync('/tmp/rb/serve.log', 'utf8'))?.[0] ?? '';
const origin = new URL(link).origin;
const browser = await launchBrowser();
const { page } = await openApp(browser, link);
page.on('console', (m) => console.log('C', m.text()));
await page.waitForTimeout(1000);
await page.evaluate(() => {
  const d = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')!;
  Object.defineProperty(Element.prototype, 'scrollTop', { get: d.get, set(v) { d.set!.call(this, v); console.log('set', v, '->', d.get!.call(this), this.scrollHeight); }, configurable: true });
  document.addEventListener('scroll', (e) => { const t = e.target as Element; if (t.getAttribute?.('role') === 'log') console.log('scroll', t.scrollTop, t.scrollHeight); }, true);
});
await page.goto(`${origin}/#/review/5ba1cea3-25cb-4de6-840a-01d67c32b6e5`);
await page.waitForTimeout(6000); console.log(await page.evaluate(() => { const b = document.querySelector('[role=log]')!; return [b.scrollTop, b.scrollHeight, b.clientHeight, b.textContent?.slice(-50)]; }));
await browser.close();
