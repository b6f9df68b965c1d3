import { expect, test } from 'vitest';
import { createPinoLogger } from './pino-logger.ts';

test('an entry is one line without secrets, whether a name or a text gives them away', () => {
  const lines: string[] = [];
  const logger = createPinoLogger('info', { write: (line) => void lines.push(line) });
  logger.debug('not.written');
  logger.warn('clone.failed', { token: 'hunter1', args: ['git clone https://hunter2@host', '--password hunter3'] });
  const { time, ...entry } = JSON.parse(lines.join('')) as Record<string, unknown>;
  expect(typeof time).toBe('number');
  expect(entry).toEqual({
    level: 40,
    id: 'clone.failed',
    token: '***',
    args: ['git clone https://(removed)@host', '--password (removed)'],
  });
});
