import { expect, test } from 'vitest';
import type { JsonCut } from './json-scanner.ts';
import { type Layout, recordsOf, type TextEnd } from './records.ts';

async function read(text: string, layout: Layout, size = 7): Promise<{ cuts: readonly JsonCut[]; end: TextEnd }> {
  async function* pieces(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const records = recordsOf(pieces(), layout);
  const cuts: JsonCut[] = [];
  for (;;) {
    const next = await records.next();
    if (next.done === true) return { cuts, end: next.value };
    cuts.push(...next.value);
  }
}

/** Values of records; of broken ones their line. */
function shown(cuts: readonly JsonCut[]): readonly unknown[] {
  return cuts.map((cut) => (cut.kind === 'record' ? cut.value : `broken ${cut.place.line} at ${cut.place.offset}`));
}

test('of JSON lines each line is a record; empty lines and either line break do not matter', async () => {
  const { cuts, end } = await read('{"a":1}\r\n\n{"a":2}\n{"a":\n"text"\n{"a":"ö"}', { kind: 'lines' });
  expect(shown(cuts)).toEqual([{ a: 1 }, { a: 2 }, 'broken 4 at 18', 'text', { a: 'ö' }]);
  expect(end.damage).toBeNull();
});

test('a last line that breaks off says that the file was cut off', async () => {
  const { cuts, end } = await read('{"a":1}\n{"a":', { kind: 'lines' });
  expect(shown(cuts)).toEqual([{ a: 1 }, 'broken 2 at 8']);
  expect(end.damage?.why).toMatch('cut off');
});

test('of CSV each row is an object by its columns; values may hold commas, quotation marks and line breaks', async () => {
  const { cuts, end } = await read('"id","say"\r\n1,"a ""b"", c"\r\n2,"two\nlines"\r\n3,\r\n', {
    kind: 'csv',
    separator: ',',
  });
  expect(shown(cuts)).toEqual([
    { id: '1', say: 'a "b", c' },
    { id: '2', say: 'two\nlines\n'.trimEnd() },
    { id: '3', say: '' },
  ]);
  expect(end.damage).toBeNull();
});

test('a broken row of a CSV is named, and the rows after it are read', async () => {
  const rows = ['id,say', '1,"lost', '2,fine', '3,too,many', '4,few"er', '5,"well"', ''].join('\n');
  const { cuts } = await read(rows, { kind: 'csv', separator: ',' });
  expect(shown(cuts)).toEqual([
    'broken 2 at 7',
    { id: '2', say: 'fine' },
    'broken 4 at 22',
    'broken 5 at 33',
    { id: '5', say: 'well' },
  ]);
});
