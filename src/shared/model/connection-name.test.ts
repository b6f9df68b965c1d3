import { describe, expect, test } from 'vitest';
import { connectionSchema } from './discovery.ts';
import { scheduleSchema } from './schedule.ts';

describe('the name of a connection', () => {
  test.each(['a\rb', 'a\nb', 'a\0b', 'a\tb', 'a\u{7f}b', 'a\u{85}b'])(
    'is refused with a control character: %j',
    (name) => {
      const message = 'A name is one line without tabs, line ends or other control characters.';
      for (const cloud of ['aws', 'azure', 'gcp']) {
        expect(connectionSchema.safeParse({ name, cloud }).error?.issues).toMatchObject([{ path: ['name'], message }]);
      }
      const schedule = scheduleSchema.safeParse({ connection: name, every: '6h' });
      expect(schedule.error?.issues).toMatchObject([{ path: ['connection'], message }]);
    },
  );

  test.each(['prod eu', 'Größe 100% "a" – b', '生産'])('may be %s', (name) => {
    expect(connectionSchema.safeParse({ name, cloud: 'aws' }).success).toBe(true);
    expect(scheduleSchema.safeParse({ connection: name, every: '6h' }).success).toBe(true);
  });
});
