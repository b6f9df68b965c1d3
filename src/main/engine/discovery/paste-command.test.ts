import { expect, test } from 'vitest';
import { pasteCommand } from './paste-command.ts';

test('words stand in quotes', () => {
  expect(pasteCommand`tool ${'arn:aws:iam::1:role/a+b=c,d@e-f'} --to=${'/x_y.z'}`).toBe(
    'tool "arn:aws:iam::1:role/a+b=c,d@e-f" --to="/x_y.z"',
  );
});

test.each(['', '--all', '-', '*', 'a$b', 'a`b', 'a\\b', 'a"b', 'a;b', 'a&b', 'a>b', '%a%', '!a', 'a\n', 'ä'])(
  'there is no command with %j in it',
  (word) => expect(pasteCommand`tool ${word} ${'fine'}`).toBeNull(),
);
