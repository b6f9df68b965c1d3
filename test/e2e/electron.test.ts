import { describe, expect, test } from 'vitest';
import { desktopHere, openDesktopShell } from '#test/support/shells/index.ts';
import { firstMinutes } from './journeys/first-minutes.ts';
import { story } from './journeys/story.ts';

// The journeys of the browser shell once more in the window of Electron, where there is one.

const desktop = desktopHere();
const missing = 'reason' in desktop;
const title = missing ? `the desktop window was not run: ${desktop.reason}` : 'the desktop window';

describe.skipIf(missing)(title, () => {
  describe('in the first minutes', () => {
    const shell = firstMinutes(openDesktopShell);

    test('shows a page of our own that has no Node', async () => {
      const { page } = shell();
      expect(page.url()).toMatch(/^groundplan:\/\/app\//);
      expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
    });
  });

  describe('in the story', () => {
    story(openDesktopShell);
  });
});
