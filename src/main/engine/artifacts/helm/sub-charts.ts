import type { PortSchema } from '#shared/model/index.ts';
import type { ChartDependency } from './chart-file.ts';

/** Where a sub-chart's value stands in the chart around it: below the sub-chart's name, unless all charts share it. */
export function placeOf(path: readonly string[], name: string): readonly string[] {
  return path[0] === 'global' ? path : [name, ...path];
}

/** Values under `global` are one for all charts; what the outer chart says of one counts for all. */
export function sharedGlobal(outer: PortSchema | undefined, inner: PortSchema): PortSchema {
  if (outer === undefined) return inner;
  const properties: Record<string, PortSchema> = { ...inner.properties, ...outer.properties };
  for (const [name, schema] of Object.entries(inner.properties ?? {})) {
    const known = outer.properties?.[name];
    if (known?.type === 'object' && schema.type === 'object') properties[name] = sharedGlobal(known, schema);
  }
  return { ...outer, type: 'object', properties };
}

function withSwitch(
  properties: Readonly<Record<string, PortSchema>>,
  [name, ...rest]: readonly string[],
  where: string,
): Record<string, PortSchema> {
  if (name === undefined) return { ...properties };
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const origin = { how: 'inferred' as const, where };
  if (rest.length === 0) return { ...properties, [name]: known ?? { type: 'boolean', 'x-origin': origin } };
  // A value that is no object cannot hold the switch: Helm finds nothing there either.
  if (known?.type !== undefined && known.type !== 'object') return { ...properties };
  const inner = withSwitch(known?.properties ?? {}, rest, where);
  return { ...properties, [name]: { 'x-origin': origin, ...known, type: 'object', properties: inner } };
}

/** The values that switch a dependency, also where no values file names them. */
export function withSwitches(
  properties: Readonly<Record<string, PortSchema>>,
  { condition = '', tags = [] }: ChartDependency,
  where: string,
): Record<string, PortSchema> {
  const conditions = condition.split(',').map((path) =>
    path
      .trim()
      .split('.')
      .filter((part) => part !== ''),
  );
  return [...conditions, ...tags.map((tag) => ['tags', tag])].reduce((known, path) => withSwitch(known, path, where), {
    ...properties,
  });
}
