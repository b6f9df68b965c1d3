import { array, assert, asyncProperty, boolean, constantFrom, nat } from 'fast-check';
import { expect, test } from 'vitest';
import { createCodedColumn } from './coded-column.ts';
import { compareTexts, orderByCode, orderPositions } from './order-positions.ts';
import { createTextIndex } from './text-index.ts';

test('positions are ordered as a stable sort orders them, whatever their number', async () => {
  await assert(
    asyncProperty(array(nat({ max: 50 }), { maxLength: 5000, size: 'max' }), async (values) => {
      const compare = (left: number, right: number): number => (values[left] ?? 0) - (values[right] ?? 0);
      const wanted = [...values.keys()].sort(compare);
      expect([...(await orderPositions(values.length, compare))]).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

test('an order by code keeps what is equal in the order it came in', async () => {
  await assert(
    asyncProperty(array(constantFrom('', 'b', 'a', 'ab', 'Z')), boolean(), async (texts, descending) => {
      const column = createCodedColumn();
      for (const text of texts) column.push(text);
      const coded = column.finish();
      const reversed = Uint32Array.from(texts.keys()).reverse();
      const sign = descending ? -1 : 1;
      const wanted = [...reversed].sort((left, right) => sign * compareTexts(texts[left], texts[right]));
      expect([...(await orderByCode(reversed, coded, { descending }))]).toEqual(wanted);
    }),
  );
});

test('an index finds every position of a text and no other', async () => {
  await assert(
    asyncProperty(array(constantFrom('a', 'b', 'c', 'aa', 'ab', '')), async (texts) => {
      const index = await createTextIndex(texts.length, (position) => texts[position] ?? '');
      for (const text of ['a', 'b', 'aa', '', 'none']) {
        expect([...index.find(text)].sort((left, right) => left - right)).toEqual(
          [...texts.keys()].filter((position) => texts[position] === text),
        );
      }
    }),
  );
});
