import type { PortSchema, Ports } from '#shared/model/index.ts';

function known(schema: PortSchema): PortSchema {
  const { 'x-origin': origin, 'x-sensitive': sensitive, ...rest } = schema;
  const { facts, ...own } = origin ?? { how: 'unknown' as const, where: '' };
  const told = Object.entries(facts ?? {}).filter(([, { how }]) => how !== 'unknown');
  return {
    ...rest,
    ...(sensitive === true ? { 'x-sensitive': sensitive } : {}),
    ...(origin === undefined
      ? {}
      : { 'x-origin': { ...own, ...(told.length === 0 ? {} : { facts: Object.fromEntries(told) }) } }),
  };
}

/** Ports without the marks that are not set or not known, for tests that are about something else. */
export function knownFacts(ports: Ports): Ports {
  const properties = Object.entries(ports.properties).map(([name, schema]) => [name, known(schema)] as const);
  return { ...ports, properties: Object.fromEntries(properties) };
}
