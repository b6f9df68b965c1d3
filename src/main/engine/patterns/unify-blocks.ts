import type { Json } from '#shared/base/json.ts';
import { differing, type Comparing } from './differ.ts';
import { plainValue, type Occurrence, type Sight } from './occurrences.ts';
import type { Body, Reading } from './readings.ts';
import { bodySignature } from './signature.ts';
import { aboutType } from './terraform-types/index.ts';
import type { InputType, MoreBlocks, Term, TermBody } from './terms.ts';

/** Attributes that say which of several blocks of a kind one is. */
const identifying = ['name', 'key', 'type', 'cidr_block', 'protocol', 'from_port', 'to_port', 'description'];

/** How bodies inside a block are put together; handed in, because blocks may hold blocks. */
export type UnifyNested = (context: Comparing, sights: readonly Sight<Body>[], path: string) => TermBody;

interface Queue {
  readonly at: Occurrence;
  items: readonly Body[];
}

/**
 * Nested blocks: those that mean the same in every place are written once; those that are the same but for some values
 * get these as inputs; those that only some places have become a list input.
 */
export function unifyBlocks(
  context: Comparing,
  sights: readonly Sight<Reading | undefined>[],
  options: { readonly path: string; readonly nested: UnifyNested },
): Term {
  const { path, nested } = options;
  const queues = sights.map(({ at, value }): Queue => ({ at, items: value?.kind === 'blocks' ? value.items : [] }));
  const items: TermBody[] = [];
  take(context, queues, { path, nested, into: items, sign: (at, body) => bodySignature(context, at, body) });
  if (queues.every((queue) => queue.items.length === 1)) {
    items.push(nested(context, first(queues), path));
    for (const queue of queues) queue.items = [];
  }
  take(context, queues, { path, nested, into: items, sign: (_at, body) => identity(body) });
  return { kind: 'blocks', items, more: moreBlocks(context, queues, options) };
}

interface TakeOptions {
  readonly nested: UnifyNested;
  readonly path: string;
  readonly into: TermBody[];
  readonly sign: (at: Occurrence, body: Body) => string;
}

/** Moves every block that has a counterpart with the same sign in all places out of the queues. */
function take(context: Comparing, queues: readonly Queue[], options: TakeOptions): void {
  const [lead] = queues;
  if (lead === undefined) return;
  for (const body of lead.items) {
    const wanted = options.sign(lead.at, body);
    const matches = queues.map((queue) => queue.items.find((item) => options.sign(queue.at, item) === wanted));
    if (!matches.every((match) => match !== undefined)) continue;
    const sights = queues.map((queue, index) => ({ at: queue.at, value: matches[index] ?? {} }));
    options.into.push(options.nested(context, sights, options.path));
    for (const [index, queue] of queues.entries()) queue.items = queue.items.filter((item) => item !== matches[index]);
  }
}

function first(queues: readonly Queue[]): readonly Sight<Body>[] {
  return queues.map((queue) => ({ at: queue.at, value: queue.items[0] ?? {} }));
}

function identity(body: Body): string {
  return JSON.stringify(
    identifying.map((name): Json => {
      const reading = body[name];
      return reading === undefined ? null : plainValue(reading);
    }),
  );
}

function moreBlocks(
  context: Comparing,
  queues: readonly Queue[],
  { path, nested }: { readonly path: string; readonly nested: UnifyNested },
): MoreBlocks | null {
  const having = queues.filter((queue) => queue.items.length > 0);
  if (having.length === 0) return null;
  const holdsBlocks = having.some((queue) =>
    queue.items.some((item) => Object.values(item).some((reading) => reading.kind === 'blocks')),
  );
  if (holdsBlocks && queues.every((queue) => queue.items.length <= 1)) {
    return { kind: 'switch', condition: presence(context, queues, path), body: nested(context, first(having), path) };
  }
  const samples = new Map<string, Reading>();
  for (const queue of queues) {
    for (const item of queue.items) for (const [name, reading] of Object.entries(item)) samples.set(name, reading);
  }
  const fields = [...samples.keys()].toSorted();
  const values = queues.map((queue) => ({
    at: queue.at,
    value: queue.items.map((item): Json =>
      Object.fromEntries(
        fields.map((name): [string, Json] => [name, item[name] === undefined ? null : listed(item[name])]),
      ),
    ),
  }));
  const list = differing(context, values, {
    path: `extra_${path}`,
    type: { list: { object: Object.fromEntries(fields.map((name) => [name, typeOf(samples.get(name))])) } },
    description: `Further ${path} blocks of ${context.aligned.label}`,
  });
  return { kind: 'list', list, fields };
}

function presence(context: Comparing, queues: readonly Queue[], path: string): Term {
  const { noun } = aboutType(context.aligned.type);
  return differing(
    context,
    queues.map((queue) => ({ at: queue.at, value: queue.items.length > 0 })),
    {
      path: `${path}_enabled`,
      type: 'bool',
      description: `Whether the ${noun.replaceAll('_', ' ')} ${context.aligned.label.replaceAll('_', ' ')} has ${path.replaceAll('_', ' ')}`,
    },
  );
}

function listed(reading: Reading): Json {
  return reading.kind === 'set' ? reading.items.map(plainValue) : plainValue(reading);
}

function typeOf(reading: Reading | undefined): InputType {
  if (reading?.kind === 'scalar') return typeof reading.value === 'number' ? 'number' : 'bool';
  return reading?.kind === 'set' ? { list: 'string' } : 'string';
}
