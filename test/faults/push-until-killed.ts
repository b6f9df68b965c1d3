import { splitCall, splitRequest, splitService, twoParts } from '#test/support/split/index.ts';

// Pushes the states of a root that was proven until the first has arrived, says so, and goes no further until it is killed.

const [, , root = '', out = ''] = process.argv;
const { pins, target } = twoParts;
const request = splitRequest({ root, decisions: { pins }, options: { target }, out });
const steps = await splitService().push({ ...request, confirm: 'root' }, splitCall);
for await (const { places } of steps) {
  if (places[0]?.status !== 'changed') continue;
  process.stdout.write('pushed\n');
  await new Promise(() => setInterval(() => undefined, 60_000));
}
