import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanHcl } from '../../artifacts/terraform/hcl-scan.ts';
import { cut } from './cut.ts';

function part(text: string, ...names: string[]): string {
  const items = scanHcl(text).blocks;
  const keep = (item: number): boolean => names.includes(items[item]?.labels.at(-1) ?? '');
  return cut(text, { within: { start: 0, end: text.length }, items, keep })
    .map(({ start, end }) => text.slice(start, end))
    .join('');
}

const text = `# Licence of the file

# About a
# in two lines
resource "x" "a" {
} # behind a

#############
# Section B #
#############

resource "x" "b" {
}
/* about
   c */
resource "x" "c" {
}

resource "x" "d" {
  # inside d
}
# at the end
`;

describe('cut', () => {
  it('gives the whole text back when everything is kept', () => {
    expect(part(text, 'a', 'b', 'c', 'd')).toBe(text);
  });

  it('takes an item with the comment right above it and the one behind it', () => {
    expect(part(text, 'a')).toBe(
      '# Licence of the file\n\n# About a\n# in two lines\nresource "x" "a" {\n} # behind a\n',
    );
  });

  it('takes the heading an item stands under, once', () => {
    expect(part(text, 'c', 'd')).toBe(
      '\n#############\n# Section B #\n#############\n\n/* about\n   c */\nresource "x" "c" {\n}\n\nresource "x" "d" {\n  # inside d\n}\n# at the end\n',
    );
  });

  it('takes nothing when nothing is kept', () => {
    expect(part(text)).toBe('');
  });

  it('loses no comment, whatever goes where', () => {
    const comment = fc.constantFrom(
      '',
      '# one\n',
      '// two\n',
      '/* three\n\n four */\n',
      '\n',
      '\n\n',
      '# five\n\n',
      '  # six\n',
    );
    const block = fc.constantFrom(
      'a "b" {}',
      'a "b" {\n}',
      'a "b" { # inside\n  x = 1\n}',
      'a "b" {} // behind',
      'a "b" {} /* behind\n twice */',
    );
    const file = fc.array(fc.tuple(fc.array(comment, { maxLength: 4 }), block), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        file,
        fc.array(comment, { maxLength: 3 }),
        fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }),
        (blocks, end, parts) => {
          const source = `${blocks.map(([comments, code], at) => `${comments.join('')}${code.replace('"b"', `"b${at}"`)}\n`).join('')}${end.join('')}`;
          const items = scanHcl(source).blocks;
          const cutFor = (keep: (item: number) => boolean): string =>
            cut(source, { within: { start: 0, end: source.length }, items, keep })
              .map(({ start, end: to }) => source.slice(start, to))
              .join('');
          expect(cutFor(() => true)).toBe(source);
          const texts = [0, 1, 2].map((number) => cutFor((item) => parts[item] === number));
          expect(texts.flatMap((one) => scanHcl(one).blocks)).toHaveLength(items.length);
          const all = texts.join('');
          for (const [word] of source.matchAll(/#.*|\/\/.*|\/\*[\s\S]*?\*\//g)) expect(all).toContain(word);
        },
      ),
    );
  });
});
