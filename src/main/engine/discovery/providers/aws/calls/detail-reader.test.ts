import { expect, test } from 'vitest';
import type { AwsContext } from '../context.ts';
import { AwsCallError } from './aws-error.ts';
import { DetailReader } from './detail-reader.ts';

const numbers = Array.from({ length: 60 }, (_, index) => index);

function readerThat(call: (permission: string) => Promise<unknown>): DetailReader {
  const classify = () => ({ status: 'denied', message: 'no', permission: 'a:B', unreachable: false });
  return new DetailReader({ caller: { detailsAtOnce: 4, call }, classify } as unknown as AwsContext);
}

const answer = { $metadata: { requestId: 'r' } };

test('a page comes as soon as its part is read, long before the details of the others are', async () => {
  const reader = readerThat(() => Promise.resolve(answer));
  const asked: number[] = [];
  const pages: number[][] = [];
  const detail = (item: number): Promise<number> => {
    asked.push(item);
    return Promise.resolve(item);
  };
  for await (const { items, gap } of reader.inParts(numbers, detail)) {
    expect(gap).toBeUndefined();
    pages.push([...items]);
    // Nothing of a later part was asked for yet.
    expect(asked).toEqual(pages.flat());
  }
  expect(pages.map(({ length }) => length)).toEqual([25, 25, 10]);
  expect(pages.flat()).toEqual(numbers);
});

test('a detail that cannot be read is a gap of its part and of those after it; without items there is one empty page', async () => {
  const reader = readerThat((permission) =>
    permission === 'a:B' ? Promise.reject(new AwsCallError('a:B', new Error('no'))) : Promise.resolve(answer),
  );
  const send = () => Promise.resolve(answer);
  const gaps: boolean[] = [];
  const parts = reader.inParts(numbers, async (item) => reader.read({ permission: item === 30 ? 'a:B' : 'a:C', send }));
  for await (const { gap } of parts) gaps.push(gap !== undefined);
  expect(gaps).toEqual([false, true, true]);
  const none = [];
  for await (const page of readerThat(send).inParts([], () => Promise.resolve(1))) none.push(page);
  expect(none).toEqual([{ items: [] }]);
});
