import { mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { seriousFindings } from '#test/support/browser/index.ts';

/** A person at the app: everything is done by keyboard, every screen is looked at for accessibility. */
export interface Journey {
  readonly page: Page;
  /** Puts the focus on a control and presses a key, as somebody without a pointer does. */
  press(control: Locator, key?: string): Promise<void>;
  /** Types into a field, replacing what is there. */
  type(field: Locator, text: string): Promise<void>;
  /** Opens a screen by its address. */
  go(address: string): Promise<void>;
  /** Checks the screen with axe and, when screenshots are wanted, keeps it in both colour schemes. */
  look(name: string): Promise<void>;
}

/** Where screenshots go; none are taken without it. `npm run screenshots` sets it. */
const imagesFolder = process.env['GROUNDPLAN_SCREENSHOTS'];

export function journeyOf(page: Page): Journey {
  return {
    page,
    async press(control, key = 'Enter') {
      await control.waitFor();
      await expect.poll(() => control.isEnabled(), { timeout: 60_000 }).toBe(true);
      await control.focus();
      expect(await control.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press(key);
    },
    async type(field, text) {
      await field.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async go(address) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, address);
    },
    async look(name) {
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        // Colours change with a short transition, and half-changed ones are nobody's choice.
        await page.waitForFunction(
          (wanted) =>
            document.documentElement.dataset['mantineColorScheme'] === wanted &&
            document.getAnimations().every((one) => !(one instanceof CSSTransition) || one.playState !== 'running'),
          scheme,
        );
        await page.waitForTimeout(500);
        expect.soft(await seriousFindings(page), `${name}, ${scheme}`).toEqual([]);
        if (imagesFolder === undefined) continue;
        await mkdir(imagesFolder, { recursive: true });
        await page.evaluate(hidePlaces, [homedir(), tmpdir()]);
        await page.screenshot({ path: path.join(imagesFolder, `${name}-${scheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    },
  };
}

/** Pictures are shown to everybody: folders of the machine they were taken on read as somewhere at home. */
function hidePlaces(folders: string[]): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    let text = node.textContent ?? '';
    for (const folder of folders) text = text.replaceAll(folder, '~');
    if (text !== node.textContent) node.textContent = text;
  }
}
