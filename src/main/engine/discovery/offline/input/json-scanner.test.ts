import { describe, expect, test } from 'vitest';
import { type JsonCut, JsonScanner } from './json-scanner.ts';

interface Scanned {
  readonly read: readonly unknown[];
  readonly broken: readonly string[];
  readonly scanner: JsonScanner;
}

/** Scans a text in pieces of some size. */
function scan(text: string | Buffer, size = 1 << 20, path = ''): Scanned {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner((keys) => (keys.join('.') === path ? '{' : null));
  const cuts: JsonCut[] = [];
  for (let at = 0; at < bytes.length; at += size) cuts.push(...scanner.push(bytes.subarray(at, at + size)));
  cuts.push(...scanner.finish());
  return {
    read: cuts.flatMap((cut) => (cut.kind === 'record' ? [cut.value] : [])),
    broken: cuts.flatMap((cut) => (cut.kind === 'broken' ? [`${cut.place.line}: ${cut.why}`] : [])),
    scanner,
  };
}

const items = [
  { id: 'a', tags: { x: '1' }, list: [{ id: 'inner' }, 2, null] },
  { id: 'b "quoted" \\ {', tags: {}, list: [] },
  { id: 'ä€😀', tags: { y: '}' }, list: [true, -1.5e3] },
];
const layouts = [
  { of: 'indented', print: (value: unknown) => JSON.stringify(value, null, 2) },
  { of: 'in one line', print: (value: unknown) => JSON.stringify(value) },
];

describe.each(layouts)('a file $of', ({ print }) => {
  test.each([1, 2, 3, 7, 64, 1 << 20])('gives its records whatever pieces it comes in (%i bytes)', (size) => {
    const { read, broken, scanner } = scan(
      print({ version: 4, info: { next: 'token' }, data: items, more: [1, { data: [1] }] }),
      size,
      'data',
    );
    expect({ read, broken, damage: scanner.damage }).toEqual({ read: items, broken: [], damage: null });
    expect(Object.fromEntries(scanner.envelope)).toEqual({ version: 4, 'info.next': 'token' });
  });

  test('names each record that is broken and reads the rest', () => {
    for (const [damage, why] of [
      [(text: string) => text.replace('"b ', 'b '), /is no value|stands where/],
      [(text: string) => text.replace('\\\\ {"', '\\\\ {'), /no end|stands where|is no value/],
      [(text: string) => text.replace(/"tags": ?\{\}/, '"tags": {'), /stands where/],
      [(text: string) => text.replace(/"tags": ?\{\}/, '"tags" {}'), /“{” stands where colon should/],
      [(text: string) => text.replace(/"tags": ?\{\}/, '"tags": }'), /“}” stands where value should/],
      [(text: string) => text.replace(/"tags": ?\{\}/, '"tags": {}}'), /closes too early/],
      [(text: string) => text.replace(/"tags": ?\{\}/, '"tags": nil'), /“nil” is no value/],
    ] as const) {
      const { read, broken } = scan(damage(print(items)));
      expect({ read, broken: broken.length }).toEqual({ read: [items[0], items[2]], broken: 1 });
      expect(broken[0]).toMatch(why);
    }
  });

  test('that was cut off gives what is whole and says where it ends', () => {
    const text = print(items);
    const { read, broken, scanner } = scan(text.slice(0, text.indexOf('ä') + 1));
    expect(read).toEqual(items.slice(0, 2));
    expect(broken).toHaveLength(1);
    expect(scanner.damage?.why).toMatch(/cut off/);
  });
});

const rows = [
  { id: 0, kind: 'vm', name: '', tags: { a: '', b: 'x}' }, ports: [] },
  { id: 1, kind: 'n"et', name: 'q', tags: {}, ports: [0, { id: 7, kind: 'z' }] },
  { id: 2, kind: 'ö', name: 'q', tags: { id: 1 }, ports: [[1], true, null] },
  { id: 3, kind: 'vm', name: 'q', tags: {}, ports: [] },
];
const whole = rows.map((row) => JSON.stringify(row));

/** Every way to change, take away or put in one byte between the first record and the end of the last. */
function* damaged(clean: Buffer): Generator<Buffer> {
  const last = clean.lastIndexOf('}', clean.length - 4);
  for (let at = clean.indexOf('{', 1); at <= last; at += 1) {
    yield Buffer.concat([clean.subarray(0, at), clean.subarray(at + 1)]);
    for (const byte of [0, 10, 32, 34, 44, 45, 58, 91, 92, 93, 97, 123, 125, 200]) {
      const changed = Buffer.from(clean);
      changed[at] = byte;
      yield changed;
    }
    for (const sign of ['"', ',', '{', '}'])
      yield Buffer.concat([clean.subarray(0, at), Buffer.from(sign), clean.subarray(at)]);
  }
}

describe('any damage of one byte', () => {
  test.each([
    { of: 'an indented file', indent: 2, least: 0.98 },
    { of: 'a file in one line', indent: 0, least: 0.98 },
  ])('of $of is told, and nearly always costs no more than what it hits', ({ indent, least }) => {
    const clean = Buffer.from(JSON.stringify({ data: rows, more: 1 }, null, indent));
    let all = 0;
    let cheap = 0;
    for (const dirty of damaged(clean)) {
      const { read, broken, scanner } = scan(dirty, 64, 'data');
      const same = read.filter((row) => whole.includes(JSON.stringify(row))).length;
      const changed = read.length - same;
      // What is not there as it was, was read as something else, or is named, or the file is said to end early.
      const accounted = same + changed + broken.length >= rows.length || scanner.damage !== null;
      expect(accounted, dirty.toString()).toBe(true);
      all += 1;
      if (same >= rows.length - 1) cheap += 1;
    }
    expect(cheap / all).toBeGreaterThan(least);
  });
});

test('nesting without end and records without end are refused, not kept in memory', () => {
  const deep = scan(`[{"a":${'['.repeat(10_000)}}, {"a":1}]`);
  expect(deep.broken[0]).toMatch('nested too deep');
  const scanner = new JsonScanner(() => '{');
  const cuts = [...scanner.push(Buffer.from('[{"a":"'))];
  const piece = Buffer.alloc(2 ** 20, 'x');
  for (let mebibytes = 0; mebibytes < 40; mebibytes += 1) cuts.push(...scanner.push(piece));
  expect(cuts).toMatchObject([{ kind: 'broken', why: 'It is larger than 32 MiB' }]);
});
