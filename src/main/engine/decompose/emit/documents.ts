import type { Json } from '#shared/base/json.ts';
import type {
  BlueprintDocument,
  BlueprintInput,
  BlueprintNode,
  EnvironmentDocument,
  PortSchema,
  Target,
} from '#shared/model/index.ts';
import { digestText } from '../../files/index.ts';
import type { Split } from '../proposal/decide.ts';
import { groupsBefore } from '../proposal/scores.ts';
import type { RootInputs } from '../source/root-inputs.ts';
import { typeOfConstant } from '../../artifacts/terraform/variables.ts';
import type { Wiring } from './interface-files.ts';

/** How the result is called. */
export interface SplitNaming {
  readonly blueprint: string;
  readonly version: string;
}

/** Characters a name may have. */
const longestName = 63;
/** Hexadecimal digits that keep shortened names apart. */
const markLength = 8;

/** The artifact's name for a group; one that is too long is cut, and told from others by a digest of the whole. */
export function artifactName(naming: SplitNaming, group: string): string {
  const name = `${naming.blueprint}-${group}`;
  if (name.length <= longestName) return name;
  const mark = digestText(name).slice('sha256:'.length, 'sha256:'.length + markLength);
  return `${name.slice(0, longestName - markLength - 1)}-${mark}`;
}

function variablesOf(split: Split, group: number): readonly string[] {
  const contents = split.placement.contents[group] ?? new Set<string>();
  return [...contents].flatMap((address) => (address.startsWith('var.') ? [address.slice('var.'.length)] : []));
}

/** What may be written of a default: a blueprint is read by everybody, so a secret in the code stays in the code. */
function readableDefault(schema: PortSchema): Json | undefined {
  const { default: value } = schema;
  if (value === null || (schema['x-sensitive'] === true && value !== '')) return undefined;
  return value;
}

/** A blueprint's input needs a type: where the variable has none, its value tells it. */
function inputOf(schema: PortSchema, value: Json | undefined): BlueprintInput {
  const known = schema.type ?? (value === undefined ? undefined : typeOfConstant(value).type);
  const {
    items,
    properties,
    additionalProperties,
    format,
    pattern,
    enum: choices,
    minimum,
    maximum,
    description,
  } = schema;
  const sensitive = schema['x-sensitive'] === true;
  const readable = readableDefault(schema);
  const parts = {
    items,
    properties,
    additionalProperties,
    format,
    pattern,
    enum: choices,
    minimum,
    maximum,
    description,
  };
  const given = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  return {
    type: known === undefined || known === 'null' ? 'string' : known,
    ...given,
    ...(readable === undefined ? {} : { default: readable }),
    ...(sensitive ? { sensitive: true } : {}),
  };
}

/** The blueprint that runs the parts in order and hands their outputs on. */
export function blueprintOf(
  split: Split,
  inputs: RootInputs,
  options: { readonly naming: SplitNaming; readonly wiring: Wiring },
): BlueprintDocument {
  const { naming, wiring } = options;
  const before = groupsBefore(split);
  const nodes: Record<string, BlueprintNode> = {};
  const used = new Set<string>();
  for (const [number, group] of split.groups.entries()) {
    const set: Record<string, Json> = {};
    for (const name of variablesOf(split, number)) {
      used.add(name);
      set[name] = `\${inputs.${name}}`;
    }
    const taken = wiring === 'blueprint' ? split.crossings.wires.filter(({ takers }) => takers.has(number)) : [];
    for (const { name, from } of taken) set[name] = `\${${split.groups[from]?.name ?? ''}.${name}}`;
    const wired = new Set(taken.map(({ from }) => from));
    const after = [...(before[number] ?? [])]
      .filter((other) => !wired.has(other))
      .map((other) => split.groups[other]?.name ?? '');
    nodes[group.name] = {
      use: `${artifactName(naming, group.name)}@${naming.version}`,
      ...(Object.keys(set).length === 0 ? {} : { set }),
      ...(after.length === 0 ? {} : { after }),
    };
  }
  const outputs = Object.fromEntries(
    split.groups.flatMap((group, number) =>
      [...(split.placement.contents[number] ?? [])].flatMap((address) => {
        const name = address.startsWith('output.') ? address.slice('output.'.length) : null;
        return name === null ? [] : [[name, { value: `\${${group.name}.${name}}` }] as const];
      }),
    ),
  );
  const needed = Object.entries(inputs.variables.properties).filter(([name]) => used.has(name));
  return {
    blueprint: naming.blueprint,
    version: naming.version,
    summary: `The parts of ${naming.blueprint}, in the order they are built`,
    boundary: 'platform',
    inputs: Object.fromEntries(needed.map(([name, schema]) => [name, inputOf(schema, inputs.values[name])])),
    nodes,
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
  };
}

/** The environment that runs already: the values the root has now; sensitive ones, and defaults that are, are only named. */
export function environmentOf(
  inputs: RootInputs,
  options: { readonly naming: SplitNaming; readonly environment: string; readonly target: Target },
): EnvironmentDocument {
  const { naming, environment, target } = options;
  const given = Object.entries(inputs.variables.properties).flatMap(([name, schema]) => {
    const value = inputs.values[name];
    const hidden = (schema.default ?? undefined) !== undefined && readableDefault(schema) === undefined;
    if (value === undefined && !hidden) return [];
    const secret = { secret: `${environment}/${name.toLowerCase().replaceAll('_', '-')}` };
    return [[name, schema['x-sensitive'] === true || value === undefined ? secret : value] as const];
  });
  return {
    environment,
    blueprint: `${naming.blueprint}@${naming.version}`,
    target,
    inputs: Object.fromEntries(given),
    // Until its states are pushed.
    state: { backend: 'local', ready: false },
  };
}
