import { describe, expect, it } from 'vitest';
import { titlesOfLayout, visibleBoxes } from './titles.ts';

describe('titles in the picture', () => {
  it('name scopes first, then regions with the most resources', () => {
    const cluster = { scopeId: 'p', x: 0, y: 0, radius: 4 };
    const titles = titlesOfLayout(
      {
        places: new Map(),
        blocks: [{ scopeId: 'p', x: 0, y: 10 }],
        clusters: [
          { ...cluster, id: 'p|global', region: 'global', resources: 5 },
          { ...cluster, id: 'p|eu-west-1', region: 'eu-west-1', resources: 30 },
        ],
      },
      () => 'production',
    );
    expect(titles.map((title) => title.text)).toEqual(['production', 'eu-west-1 · 30', 'global · 5']);
  });

  it('are hidden rather than written over one another', () => {
    const box = { top: 0, width: 50, height: 10 };
    expect(
      visibleBoxes([
        { ...box, left: 0 },
        { ...box, left: 49 },
        { ...box, left: 50 },
      ]),
    ).toEqual([true, false, true]);
  });
});
