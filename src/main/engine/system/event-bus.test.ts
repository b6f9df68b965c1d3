import { expect, test } from 'vitest';
import { topics } from '#shared/model/index.ts';
import { createEventBus } from './event-bus.ts';

test('a listener first hears every topic, then what changed, folded together', async () => {
  const bus = createEventBus();
  const stop = new AbortController();
  const events = bus.listen(stop.signal);
  expect((await events.next()).value).toMatchObject({ topics: [...topics] });

  bus.changed(['runs'], '7');
  bus.changed(['estate', 'runs'], '7');
  expect((await events.next()).value).toMatchObject({ topics: ['runs', 'estate'], subject: '7' });

  bus.changed(['runs'], '7');
  bus.changed(['runs'], '8');
  expect((await events.next()).value).toMatchObject({ topics: ['runs'], subject: null });

  const waiting = events.next();
  stop.abort();
  expect((await waiting).done).toBe(true);
});
