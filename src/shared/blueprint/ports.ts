import type { BlueprintDocument, BlueprintInput, PaletteItem, PortSchema, Ports } from '../model/index.ts';
import { inferSchema, references, type Reference } from '../expressions/index.ts';
import { compareVersions, satisfiesRange, splitUse } from './versions.ts';

/** The palette item a `use` stands for: the highest version in its range; artifacts and blueprints share names. */
export function findUse(palette: readonly PaletteItem[], use: string): PaletteItem | null {
  const { name, range } = splitUse(use);
  let best: PaletteItem | null = null;
  for (const item of palette) {
    if (item.name !== name || !satisfiesRange(item.version, range)) continue;
    if (best === null || compareVersions(item.version, best.version) > 0) best = item;
  }
  return best;
}

/** The type of a blueprint's input as a port. */
export function inputPort(input: BlueprintInput): PortSchema {
  const { sensitive, immutable, from: _from, agent: _agent, ...schema } = input;
  return {
    ...schema,
    ...(sensitive === true ? { 'x-sensitive': true } : {}),
    ...(immutable === true ? { 'x-immutable': true } : {}),
  };
}

/** The inputs of a blueprint as ports; what comes from the target or has a default need not be given. */
export function inputPorts(document: BlueprintDocument): Ports {
  const inputs = Object.entries(document.inputs ?? {});
  return {
    type: 'object',
    properties: Object.fromEntries(inputs.map(([name, input]) => [name, inputPort(input)])),
    required: inputs
      .filter(([, input]) => input.default === undefined && input.from !== 'target')
      .map(([name]) => name),
  };
}

/** The names under `target`, all text. */
export const targetNames: readonly string[] = ['account', 'region', 'cluster', 'cloud'];

/** The type of what a reference stands for inside a blueprint, or null when there is no such thing. */
export function referenceSchema(
  document: BlueprintDocument,
  palette: readonly PaletteItem[],
  reference: Reference,
): PortSchema | null {
  switch (reference.root) {
    case 'target':
      return targetNames.includes(reference.name) ? { type: 'string' } : null;
    case 'inputs': {
      const input = own(document.inputs ?? {}, reference.name);
      if (input === undefined) return null;
      // A default is what it is unless told otherwise; it does not narrow the type.
      const { default: _default, ...schema } = inputPort(input);
      return schema;
    }
    case 'node': {
      const node = own(document.nodes, reference.node ?? '');
      const item = node === undefined ? null : findUse(palette, node.use);
      return item === null ? null : (own(item.outputs.properties, reference.name) ?? null);
    }
  }
}

/** A member of a record that is its own, not inherited. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The outputs of a blueprint as ports, with the types and the sensitivity their values have. */
export function outputPorts(document: BlueprintDocument, palette: readonly PaletteItem[]): Ports {
  const properties = Object.entries(document.outputs ?? {}).map(([name, output]) => {
    const resolve = (reference: Reference): PortSchema => referenceSchema(document, palette, reference) ?? {};
    const { default: _default, const: _const, 'x-origin': _origin, ...inferred } = inferSchema(output.value, resolve);
    // How many members a list is written with is what it holds today, no promise.
    const { prefixItems: _places, minItems: _least, maxItems: _most, ...list } = inferred;
    const schema = Array.isArray(output.value) ? list : inferred;
    const sensitive =
      output.sensitive === true || references(output.value).some((found) => resolve(found)['x-sensitive'] === true);
    const port: PortSchema = {
      ...schema,
      ...(output.description === undefined ? {} : { description: output.description }),
      ...(sensitive ? { 'x-sensitive': true } : {}),
    };
    return [name, port] as const;
  });
  return { type: 'object', properties: Object.fromEntries(properties), required: properties.map(([name]) => name) };
}
