import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { createOutput, printError, printNotices, table, textFor } from './output.ts';

afterEach(() => void vi.restoreAllMocks());

/** What a terminal would obey: a title, a colour, a line drawn over, a name that reads backwards. */
const hostile = '\u001B]0;title\u0007web\u001B[2J\r\u009B31m\u202Egnp';
const harmless = ']0;titleweb[2J31mgnp';

function printed(stream: 'stdout' | 'stderr', print: () => void): string {
  const write = vi.spyOn(process[stream], 'write').mockReturnValue(true);
  print();
  return write.mock.calls.map(([text]) => String(text)).join('');
}

test('an answer in words holds nothing that a terminal obeys; its lines stay', () => {
  const answer = () => createOutput(false).answer(hostile, (name) => `${name}\nlast`);
  expect(printed('stdout', answer)).toBe(`${harmless}\nlast\n`);
});

test('an answer as JSON has names as they are', () => {
  const answer = () => createOutput(true).answer(hostile, (name) => name);
  expect(JSON.parse(printed('stdout', answer))).toBe(hostile);
});

test('a name in a table is measured as it is printed, and makes no row of its own', () => {
  expect(
    table(
      ['name', 'id'],
      [
        ['a\u001Bb', '1'],
        ['c\nd', '2'],
      ],
    ),
  ).toBe('name  id\nab    1\nc d   2');
});

test('errors and notices hold nothing of it either', () => {
  const told = printed('stderr', () => {
    printError(new AppError('bad-input', hostile), false);
    printNotices([{ id: 'n', title: hostile, detail: hostile, at: 1, severity: 'info' }]);
  });
  expect(told).toBe(`${harmless}\n${harmless}.\n${harmless}\n`);
});

test('what goes into a file stays as it is; a terminal is given nothing to obey', () => {
  const rows = 'name\r\n\u001B]0;title\u0007web\u202E\r\n';
  expect(textFor(rows, {})).toBe(rows);
  expect(textFor(rows, { isTTY: false })).toBe(rows);
  expect(textFor(rows, { isTTY: true })).toBe('name\n]0;titleweb\n');
});
