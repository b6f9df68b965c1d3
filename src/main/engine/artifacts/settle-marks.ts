import type { Origin, PortSchema, Ports, Runner } from '#shared/model/index.ts';

/** Languages that say of every port whether it is sensitive: by saying nothing they say that it is not. */
const tellSecrecy: ReadonlySet<Runner> = new Set(['terraform', 'cloudformation']);

function unknown(mark: string, { facts, ...origin }: Origin): Origin {
  return { ...origin, facts: { ...facts, [mark]: { how: 'unknown', where: origin.where } } };
}

function settled(schema: PortSchema, side: 'inputs' | 'outputs', runner: Runner): PortSchema {
  let origin = schema['x-origin'];
  const marks: Pick<PortSchema, 'x-sensitive'> = {};
  if (schema['x-sensitive'] === undefined) {
    if (tellSecrecy.has(runner)) marks['x-sensitive'] = false;
    else if (origin !== undefined) origin = unknown('x-sensitive', origin);
  }
  // No language says it, and no provider's published schema: whether a change replaces what was created is its secret.
  if (side === 'inputs' && schema['x-immutable'] === undefined && origin !== undefined) {
    origin = unknown('x-immutable', origin);
  }
  return { ...schema, ...marks, ...(origin === undefined ? {} : { 'x-origin': origin }) };
}

/** Makes every port say of its marks what they are, or that they are unknown: nothing is left to be guessed. */
export function settleMarks(ports: Ports, side: 'inputs' | 'outputs', runner: Runner): Ports {
  const properties = Object.entries(ports.properties).map(([name, schema]) => [name, settled(schema, side, runner)]);
  return { ...ports, properties: Object.fromEntries(properties) as Ports['properties'] };
}
