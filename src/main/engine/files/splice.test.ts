import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliced } from './splice.ts';

describe('spliced', () => {
  it('replaces, puts in and takes away, whatever the order they are given in', () => {
    const splices = [
      { start: 8, end: 13, text: 'there' },
      { start: 0, end: 5, text: 'Good day' },
      { start: 13, end: 13, text: '.' },
      { start: 5, end: 7, text: '' },
    ];
    expect(spliced('Hello,  world', splices)).toBe('Good day there.');
    expect(spliced('Hello,  world', splices.toReversed())).toBe('Good day there.');
  });

  it('keeps the order of what is put in at one place, and puts it before what is replaced there', () => {
    const splices = [
      { start: 1, end: 2, text: 'x' },
      { start: 1, end: 1, text: '1' },
      { start: 1, end: 1, text: '2' },
    ];
    expect(spliced('abc', splices)).toBe('a12xc');
  });

  it('leaves everything else as it is', () => {
    const edits = fc.array(fc.tuple(fc.nat(4), fc.string()), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 7, maxLength: 7 }), edits, (words, changes) => {
        const wanted = words.map((word, index) => changes.findLast(([at]) => at === index)?.[1] ?? word);
        const splices = wanted.flatMap((text, index) => {
          const start = words.slice(0, index).join('').length;
          return text === words[index] ? [] : [{ start, end: start + (words[index]?.length ?? 0), text }];
        });
        expect(spliced(words.join(''), splices)).toBe(wanted.join(''));
      }),
    );
  });
});
