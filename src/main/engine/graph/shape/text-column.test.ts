import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createTextColumn, foldedAt, matchesOf, textAt } from './text-column.ts';

function columnOf(texts: readonly string[], fold = true) {
  const column = createTextColumn({ fold });
  for (const text of texts) column.push(text);
  return column.finish();
}

function matches(texts: readonly string[], word: string): readonly number[] {
  const found: number[] = [];
  for (const _block of matchesOf(columnOf(texts), word, (position) => found.push(position))) continue;
  return found;
}

test('gives every text back as it was, and folded for searching', () => {
  assert(
    property(array(string({ unit: 'binary', maxLength: 12 }), { maxLength: 20 }), (texts) => {
      const column = columnOf(texts);
      expect(texts.map((_, position) => textAt(column, position))).toEqual(texts);
      expect(texts.map((_, position) => foldedAt(column, position))).toEqual(texts.map((text) => text.toLowerCase()));
      expect(column.length).toBe(texts.length);
    }),
  );
});

test('finds what a search of each text finds', () => {
  const words = string({ unit: constantFrom('a', 'b', '-'), minLength: 1, maxLength: 3 });
  assert(
    property(
      array(string({ unit: constantFrom('a', 'b', '-', 'A'), maxLength: 6 }), { maxLength: 60 }),
      words,
      (texts, word) => {
        const wanted = [...texts.keys()].filter((position) => texts[position]?.toLowerCase().includes(word));
        expect(matches(texts, word)).toEqual(wanted);
      },
    ),
  );
});

test('goes on over the end of a block', () => {
  const texts = Array.from({ length: 70_000 }, (_, index) => `text-${index}`);
  const column = columnOf(texts, false);
  expect(column.blocks).toHaveLength(2);
  expect([65_535, 65_536, 69_999].map((position) => textAt(column, position))).toEqual([
    'text-65535',
    'text-65536',
    'text-69999',
  ]);
  expect(matches(texts, 'text-6553')).toEqual([
    6553, 65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 65_536, 65_537, 65_538, 65_539,
  ]);
  expect(textAt(column, 70_000)).toBe('');
});
