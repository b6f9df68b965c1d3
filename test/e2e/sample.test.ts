import { expect, test } from 'vitest';
import { openBrowserShell } from '#test/support/shells/index.ts';
import { firstMinutes } from './journeys/first-minutes.ts';

const soon = { timeout: 30_000 };
const shell = firstMinutes(openBrowserShell);

test('a window without WebGL shows the graph as a list and says so', async () => {
  const { page, origin } = shell();
  const other = await page.context().newPage();
  await other.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await other.goto(`${origin}/#/estate?view=graph`);
  await other.getByText('This window has no WebGL').waitFor(soon);
  const list = other.getByRole('grid', { name: 'The graph as a list' });
  await list.getByText('production · eu-west-1').waitFor();
  expect(await list.getByRole('button', { name: /^Expand / }).count()).toBeGreaterThan(5);
  await other.close();
});
