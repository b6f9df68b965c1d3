import { expect, test } from 'vitest';
import { linesOf, type Line } from './lines.ts';

async function all(pieces: Iterable<Buffer>): Promise<readonly Line[]> {
  const lines: Line[] = [];
  async function* source(): AsyncGenerator<Buffer> {
    yield* pieces;
  }
  for await (const line of linesOf(source())) lines.push(line);
  return lines;
}

const text = (lines: readonly Line[]) => lines.map(({ bytes }) => bytes.toString());

test('either line break ends a line, wherever the pieces are cut; empty ones are left out', async () => {
  const whole = Buffer.from('{"a":1}\r\n\r\n{"b":2}\n{"c":3}');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const lines = await all([whole.subarray(0, cut), whole.subarray(cut)]);
    expect(text(lines)).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
    expect(lines.map(({ ended, place }) => [ended, place.line])).toEqual([
      [true, 1],
      [true, 3],
      [false, 4],
    ]);
  }
});

test('a line of two gibibytes is told with its place and not kept, and the lines after it are read', async () => {
  const mebibyte = Buffer.alloc(2 ** 20, 'x');
  function* pieces(): Generator<Buffer> {
    yield Buffer.from('{"a":1}\n');
    for (let piece = 0; piece < 2048; piece += 1) yield mebibyte;
    yield Buffer.from('\n{"b":2}\n');
  }
  const [first, long, last] = await all(pieces());
  expect(first?.bytes.toString()).toBe('{"a":1}');
  expect(long).toMatchObject({ tooLong: true, place: { line: 2, offset: 8 } });
  expect(long?.bytes.length).toBeLessThanOrEqual(32 * 2 ** 20);
  expect(last).toMatchObject({ tooLong: false, place: { line: 3, offset: 8 + 2 ** 31 + 1 } });
  expect(last?.bytes.toString()).toBe('{"b":2}');
});
