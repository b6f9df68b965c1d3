import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../artifacts/terraform/json-scan.ts';
import { cutJson } from './cut-json.ts';

const text = `{
  "//": "Of the file",
  "resource": {
    "x": {
      "a": { "one": 1 },
      "b": [ { "two": ["\${x.a.one}"] } ],
      "c": {}
    },
    "y": { "only": {} }
  },
  "locals": { "p": 1, "q": 2 }
}
`;

/** What is left when only blocks of these names are kept, and of locals only these attributes. */
function left(...names: readonly string[]): string | null {
  const kept = new Set<number>();
  const dropped = new Set<number>();
  for (const { type, labels, start, attributes } of scanJson(text).blocks) {
    const isKept =
      type === 'locals' ? attributes.some(({ name }) => names.includes(name)) : names.includes(labels[1] ?? '');
    (isKept ? kept : dropped).add(start);
    if (type === 'locals') for (const { name, from } of attributes) if (!names.includes(name)) dropped.add(from);
  }
  return cutJson(text, { kept, dropped, edits: [] });
}

describe('a JSON file cut by its structure', () => {
  it('keeps order and layout, and what stands around what is kept', () => {
    expect(left('a', 'b', 'c', 'only', 'p', 'q')).toBe(text);
    expect(left('b', 'q')).toBe(`{
  "//": "Of the file",
  "resource": {
    "x": {
      "b": [ { "two": ["\${x.a.one}"] } ]
    }
  },
  "locals": { "q": 2 }
}
`);
  });

  it('is no file any more when nothing is kept', () => {
    expect(left()).toBeNull();
  });

  it('is JSON whatever is kept, with exactly that', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'only', 'p', 'q'], { minLength: 1 }), (names) => {
        const cut = left(...names) ?? '';
        JSON.parse(cut);
        const found = scanJson(cut).blocks.flatMap(({ labels, attributes, type }) =>
          type === 'locals' ? attributes.map(({ name }) => name) : [labels[1]],
        );
        expect(found).toEqual(names);
      }),
    );
  });
});
