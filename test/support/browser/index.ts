import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Locator, type Page } from 'playwright';
import { chromiumPath } from '../toolchain/index.ts';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// WebGL without a graphics card: drawn by the processor.
const softwareWebGl = ['--enable-unsafe-swiftshader', '--use-gl=angle', '--use-angle=swiftshader'];

/** Starts the system's Chromium without a window. Throws `tool-missing` by its name. */
export function launchBrowser(options: { readonly webGl?: boolean } = {}): Promise<Browser> {
  const args = options.webGl === true ? [...quiet, ...softwareWebGl] : quiet;
  return chromium.launch({ executablePath: chromiumPath(), args });
}

/** A page of the app, and everything it complained about. */
export interface AppPage {
  readonly page: Page;
  /** Errors of the page's script and console; a journey ends with none. */
  readonly complaints: readonly string[];
}

/** Opens the app by its one-time link in a browser profile of its own. */
export async function openApp(
  browser: Browser,
  link: string,
  options: { readonly scheme?: 'light' | 'dark' } = {},
): Promise<AppPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: options.scheme ?? 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(link);
  return { page, complaints };
}

/** Shows the page in a colour scheme and waits until no colour is on its way any more. */
export async function showInScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction(
    (wanted) =>
      document.documentElement.dataset['mantineColorScheme'] === wanted &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    colorScheme,
    { polling: 100 },
  );
  // Half-changed colours are nobody's choice; on a busy machine the last of them come late.
  await page.waitForTimeout(400);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
}

/** What axe finds serious or critical on the page now, as readable lines. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 200)}`),
    );
}

/** How many different colours a WebGL picture paints, its texts left out: one when nothing is drawn. */
export async function paintedColours(picture: Locator): Promise<number> {
  const image = await picture.screenshot({ style: '[class*="titles"] { visibility: hidden }' });
  return picture.page().evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (context === null) return 0;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, image.toString('base64'));
}

/** Keeps a picture in both colour schemes where `GROUNDPLAN_SCREENSHOTS` names a folder for them. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  const folder = process.env['GROUNDPLAN_SCREENSHOTS'];
  if (folder === undefined) return;
  for (const scheme of ['light', 'dark'] as const) {
    await showInScheme(page, scheme);
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  }
}
