import { launchBrowser, openApp } from '../browser/index.ts';
import { startServe } from '../serve.ts';
import type { Shell, ShellOptions } from './shell.ts';

/** The built app, served to a real browser. */
export async function openBrowserShell({ env, workspace }: ShellOptions): Promise<Shell> {
  await using opened = new AsyncDisposableStack();
  const args = workspace === undefined ? [] : ['--workspace', workspace];
  const served = opened.use(await startServe({ args, env, built: true }));
  const browser = opened.adopt(await launchBrowser(), (one) => one.close());
  const { page, complaints } = await openApp(browser, served.link);
  const all = opened.move();
  return { page, complaints, origin: served.origin, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
