import type { Json } from '#shared/base/json.ts';
import type { BlueprintInput, Boundary, PortSchema } from '#shared/model/index.ts';
import { addressOf, identifier } from './align.ts';
import type { DesignedResource } from './design.ts';
import { mostFrequent, type Instance } from './instances.ts';
import { walk, type InputSeed, type InputType } from './terms.ts';
import { aboutType } from './terraform-types/index.ts';

/** One input of the blueprint, and the variable of the modules that use it. */
export interface DeclaredInput {
  readonly name: string;
  readonly type: InputType;
  readonly description: string;
  readonly sensitive: boolean;
  readonly format: string | null;
  /** Undefined when whoever deploys must give one. */
  readonly default: Json | undefined;
  readonly choices: readonly Json[];
  readonly agent: 'set' | 'fixed' | 'ask';
  readonly optional: boolean;
  /** Per instance; none for secrets and for what the estate cannot know. */
  readonly values: ReadonlyMap<string, Json>;
  /** Attributes it decides. */
  readonly from: readonly string[];
  readonly nodes: readonly Boundary[];
}

/** Names that the modules use for what is derived. */
const reserved = ['name', 'region', 'account_id'];

/**
 * Names the values that differ. Inputs that always hold the same and mean the same (the same attribute of the same
 * type, or the same address range) become one.
 */
export function collectInputs(
  resources: readonly DesignedResource[],
  instances: readonly Instance[],
  renames: Readonly<Record<string, string>>,
): { readonly inputs: readonly DeclaredInput[]; readonly inputOf: ReadonlyMap<InputSeed, DeclaredInput> } {
  const families = new Map<string, InputSeed[]>();
  for (const seed of seedsOf(resources)) {
    const key = familyKey(seed);
    families.set(key, [...(families.get(key) ?? []), seed]);
  }
  const taken = new Set(reserved);
  const inputs: DeclaredInput[] = [];
  const inputOf = new Map<InputSeed, DeclaredInput>();
  for (const family of families.values()) {
    const [first] = family;
    if (first === undefined) continue;
    const proposed = unique(nameOf(first, family.length > 1, resources), taken);
    const input = declare(renames[proposed] ?? proposed, family, instances);
    inputs.push(input);
    for (const seed of family) inputOf.set(seed, input);
  }
  return { inputs, inputOf };
}

function* seedsOf(resources: readonly DesignedResource[]): Generator<InputSeed> {
  for (const { body, members, enabled } of resources) {
    if (enabled !== null) yield enabled;
    if (members !== null && members.seed !== null) yield members.seed;
    for (const term of Object.values(body))
      for (const inner of walk(term)) if (inner.kind === 'input') yield inner.seed;
  }
}

function familyKey(seed: InputSeed): string {
  const values = JSON.stringify([...seed.values].toSorted(([left], [right]) => (left < right ? -1 : 1)));
  if (seed.format === 'cidr') return `cidr ${values}`;
  // A tag of one name with the same values everywhere is one thing, whatever carries it.
  if (isTag(seed.path)) return `${seed.path} ${values}`;
  const mergeable = !seed.sensitive && seed.path !== 'enabled' && seed.path !== 'members' && seed.values.size > 0;
  return mergeable ? `${seed.aligned.type} ${seed.path} ${values}` : `${addressOf(seed.aligned)} ${seed.path}`;
}

function isTag(path: string): boolean {
  return path.startsWith('tags.');
}

function nameOf(seed: InputSeed, isShared: boolean, resources: readonly DesignedResource[]): string {
  const { aligned, path } = seed;
  const { noun } = aboutType(aligned.type);
  const alike = resources.filter((resource) => resource.aligned.type === aligned.type);
  if (aligned.type === 'aws_vpc' && path === 'cidr_block' && alike.length === 1) return 'cidr';
  if (path === 'members') return aligned.label === 'main' ? plural(noun) : plural(`${aligned.label}_${noun}`);
  const words = path.toLowerCase().split(/[^a-z0-9]+/);
  if (isTag(path) && isShared) return identifier(words.slice(1));
  const thing =
    isShared || (alike.length === 1 && aligned.shape === 'one')
      ? noun
      : aligned.label === 'main'
        ? noun
        : `${aligned.label}_${noun}`;
  return identifier([thing, ...words]);
}

function plural(noun: string): string {
  if (/(s|x|ch)$/.test(noun)) return `${noun}es`;
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

function unique(name: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}_${count}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

function declare(name: string, family: readonly InputSeed[], instances: readonly Instance[]): DeclaredInput {
  const [first] = family;
  if (first === undefined) throw new TypeError('An input needs at least one attribute.');
  const values = instances.map((instance) => first.values.get(instance.name) ?? null);
  const majority = mostFrequent(values.map((value) => JSON.stringify(value)));
  // An address range belongs to one instance alone, and so does what nobody has told.
  const hasDefault = !first.sensitive && first.format !== 'cidr' && first.values.size > 0;
  const choices = isChoice(first) ? [...new Set(values.filter((value) => value !== null))] : [];
  return {
    name,
    type: first.type,
    description: describe(family, values),
    sensitive: first.sensitive,
    format: first.format,
    default: hasDefault && majority !== null ? (JSON.parse(majority) as Json) : undefined,
    choices,
    agent: agentOf(first, hasDefault),
    optional: first.optional,
    values: first.values,
    from: family.map((seed) => `${addressOf(seed.aligned)}.${seed.path}`),
    nodes: [...new Set(family.map((seed) => seed.aligned.node))],
  };
}

function isChoice(seed: InputSeed): boolean {
  return seed.type === 'string' && (aboutType(seed.aligned.type).choices ?? []).includes(seed.path);
}

/** Sizes are for whoever deploys to choose; what else has a proven default keeps it unless a person says otherwise. */
const sizes = /class|size|instance_type|capacity|storage|memory|multi_az|retention|cidr/;

function agentOf(seed: InputSeed, hasDefault: boolean): DeclaredInput['agent'] {
  if (seed.sensitive) return 'ask';
  return !hasDefault || sizes.test(seed.path) ? 'set' : 'fixed';
}

function describe(family: readonly InputSeed[], values: readonly Json[]): string {
  const [first] = family;
  const shared = family.length > 1 && first !== undefined && isTag(first.path);
  const text = shared ? `Tag ${first.path.slice('tags.'.length)} of everything here` : (first?.description ?? '');
  const simple = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  if (first?.sensitive === true || simple.length === 0) return text;
  return `${text} (in use: ${[...new Set(simple)].join(', ')})`;
}

/** The input as the blueprint document holds it. */
export function blueprintInput(input: DeclaredInput): BlueprintInput {
  const schema = portSchema(input.type);
  const { type, items, properties, additionalProperties } = schema;
  return {
    type: type === undefined || type === 'null' ? 'object' : type,
    ...(items === undefined ? {} : { items }),
    ...(properties === undefined ? {} : { properties }),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
    ...(input.format === null ? {} : { format: input.format }),
    description: input.description,
    ...(input.choices.length > 1 ? { enum: [...input.choices] } : {}),
    ...(input.default === undefined ? {} : { default: input.default }),
    ...(input.sensitive ? { sensitive: true } : {}),
    agent: input.agent,
  };
}

/** A type as JSON Schema. */
export function portSchema(type: InputType): PortSchema {
  if (type === 'bool') return { type: 'boolean' };
  if (type === 'string' || type === 'number') return { type };
  if ('list' in type) return { type: 'array', items: portSchema(type.list) };
  if ('map' in type) return { type: 'object', additionalProperties: portSchema(type.map) };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(type.object).map(([name, inner]) => [name, portSchema(inner)])),
  };
}
