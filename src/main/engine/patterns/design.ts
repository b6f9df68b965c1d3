import type { Json } from '#shared/base/json.ts';
import type { Boundary, Problem } from '#shared/model/index.ts';
import { addressOf, align, stages, type Aligned } from './align.ts';
import { collectInputs, type DeclaredInput } from './inputs.ts';
import type { Comparing, MemberField } from './differ.ts';
import type { Instance, LeftOut, Part } from './instances.ts';
import { mostFrequent, withoutParts } from './instances.ts';
import { occurrencesOf } from './occurrences.ts';
import { breakCircles } from './circles.ts';
import { aboutType, stateOnlyOf, type StateOnly } from './terraform-types/index.ts';
import { walk, type InputSeed, type Term, type TermBody } from './terms.ts';
import { tokenise } from './tokens.ts';
import { unifyBody } from './unify.ts';

/** One block of generated code with everything that decides it. */
export interface DesignedResource {
  readonly aligned: Aligned;
  readonly body: TermBody;
  /** The members of a repeated resource: the same in every instance, or an input. */
  readonly members: MembersTerm | null;
  /** The switch of a resource that only some instances have. */
  readonly enabled: InputSeed | null;
  /** What lives in the tool's state only, with why that is harmless. */
  readonly stateOnly: readonly StateOnly[];
}

export interface MembersTerm {
  readonly fields: readonly MemberField[];
  /** Null when every instance has the same members with the same values: then they stand in the code. */
  readonly seed: InputSeed | null;
  /** Members of one instance, as the map `for_each` takes: key to value, or to an object of values. */
  readonly constant: Json;
  /** Another resource with the same members in every instance, whose keys can be used. */
  readonly like: Aligned | null;
}

export interface PatternDesign {
  readonly instances: readonly Instance[];
  /** In the order of stages; only those that hold something. */
  readonly nodes: readonly Boundary[];
  readonly resources: readonly DesignedResource[];
  readonly inputs: readonly DeclaredInput[];
  readonly inputOf: ReadonlyMap<InputSeed, DeclaredInput>;
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly Problem[];
}

/** Compares instances and designs the modules that would make them. Pure: the same instances give the same design. */
export function designPattern(
  given: readonly Instance[],
  renames: Readonly<Record<string, string>> = {},
): PatternDesign {
  const instances = breakCircles(withoutStrangers(given));
  const aligned = align(instances);
  const places = new Map<Part, { readonly of: Aligned; readonly key: string }>();
  for (const of of aligned) {
    for (const member of of.members)
      for (const part of member.parts.values()) places.set(part, { of, key: member.key });
  }
  const resources = aligned.map((one) => designResource(one, { instances, aligned, places }));
  const { inputs, inputOf } = collectInputs(resources, instances, renames);
  return {
    instances,
    nodes: stages.filter((stage) => aligned.some((one) => one.node === stage)),
    resources,
    inputs,
    inputOf,
    leftOut: instances.flatMap((instance) => instance.leftOut),
    problems: problemsOf(instances, resources),
  };
}

interface Context {
  readonly instances: readonly Instance[];
  readonly aligned: readonly Aligned[];
  readonly places: ReadonlyMap<Part, { readonly of: Aligned; readonly key: string }>;
}

function designResource(aligned: Aligned, context: Context): DesignedResource {
  const fields = new Map<string, MemberField>();
  const comparing: Comparing = {
    aligned,
    fields,
    occurrences: occurrencesOf(aligned, context.instances),
    placeOf: (part) => context.places.get(part) ?? null,
  };
  const body = unifyBody(comparing);
  return {
    aligned,
    body,
    members: aligned.shape === 'group' ? membersOf(aligned, [...fields.values()], context) : null,
    enabled: aligned.shape === 'optional' ? enabledSeed(aligned, context.instances) : null,
    stateOnly: stateOnlyIn(aligned.type, body),
  };
}

/** What the type's table says, and every attribute that holds a secret the estate does not keep. */
function stateOnlyIn(type: string, body: TermBody): readonly StateOnly[] {
  const known = stateOnlyOf(type);
  const secrets = Object.entries(body)
    .filter(([name, term]) => !known.some((entry) => entry.attribute === name) && holdsSecret(term))
    .map(([attribute]) => ({
      attribute,
      why: 'Its values may be secrets and are not kept in the estate; what runs keeps the ones it has.',
    }));
  return [...known, ...secrets];
}

function holdsSecret(term: Term): boolean {
  for (const inner of walk(term)) if (inner.kind === 'input' && inner.seed.sensitive) return true;
  return false;
}

function membersOf(aligned: Aligned, fields: readonly MemberField[], context: Context): MembersTerm {
  const perInstance = new Map<string, Json>();
  for (const instance of context.instances) {
    const keys = aligned.members.filter((member) => member.parts.has(instance.name)).map((member) => member.key);
    perInstance.set(
      instance.name,
      Object.fromEntries(keys.map((key): [string, Json] => [key, memberValue(fields, instance.name, key)])),
    );
  }
  const values = [...perInstance.values()].map((value) => JSON.stringify(value));
  const constant = mostFrequentJson([...perInstance.values()]);
  const like = fields.length === 0 ? sameMembers(aligned, context) : null;
  if (like !== null || new Set(values).size === 1) return { fields, seed: null, constant, like };
  const [only] = fields;
  const type =
    fields.length === 1 && only !== undefined
      ? only.type
      : { object: Object.fromEntries(fields.map((field) => [field.name, field.type])) };
  const keysOnly = fields.length === 0;
  return {
    fields,
    like,
    constant,
    seed: {
      aligned,
      path: 'members',
      type: keysOnly ? { list: 'string' } : { map: type },
      values: keysOnly
        ? new Map([...perInstance].map(([name, value]) => [name, Object.keys(value ?? {})]))
        : perInstance,
      description: describeMembers(aligned, fields),
      sensitive: false,
      format: null,
      optional: false,
    },
  };
}

function memberValue(fields: readonly MemberField[], instance: string, key: string): Json {
  const valueOf = (field: MemberField): Json => field.values.get(instance)?.get(key) ?? null;
  const [only] = fields;
  if (fields.length === 1 && only !== undefined) return valueOf(only);
  return Object.fromEntries(fields.map((field): [string, Json] => [field.name, valueOf(field)]));
}

function describeMembers(aligned: Aligned, fields: readonly MemberField[]): string {
  const noun = aboutType(aligned.type).noun.replaceAll('_', ' ');
  const things = `${aligned.label === 'main' ? '' : `${aligned.label.replaceAll('_', ' ')} `}${noun}s`;
  const [only] = fields;
  const zoned = aligned.members.every((member) => /^[a-f]$/.test(member.key));
  const key = zoned ? 'zone letter' : 'key';
  const title = `${things.charAt(0).toUpperCase()}${things.slice(1)}`;
  if (only === undefined) return `${title}, by ${key}`;
  return `${title}: ${key} to ${fields.length === 1 ? only.description : fields.map((field) => field.name.replaceAll('_', ' ')).join(', ')}`;
}

/** An earlier group of the same node that every instance has with exactly the same keys: what this one repeats over. */
function sameMembers(aligned: Aligned, context: Context): Aligned | null {
  const keys = (one: Aligned): string =>
    JSON.stringify(
      context.instances.map((instance) =>
        one.members.filter((member) => member.parts.has(instance.name)).map((member) => member.key),
      ),
    );
  const wanted = keys(aligned);
  const position = context.aligned.indexOf(aligned);
  return (
    context.aligned
      .slice(0, position)
      .find(
        (one) =>
          one.shape === 'group' && one.node === aligned.node && one.label === aligned.label && keys(one) === wanted,
      ) ?? null
  );
}

function enabledSeed(aligned: Aligned, instances: readonly Instance[]): InputSeed {
  const has = (instance: Instance): boolean => aligned.members.some((member) => member.parts.has(instance.name));
  return {
    aligned,
    path: 'enabled',
    type: 'bool',
    values: new Map(instances.map((instance) => [instance.name, has(instance)])),
    description: `Whether there is a ${aligned.type.replace(/^aws_/, '').replaceAll('_', ' ')} ${aligned.label.replaceAll('_', ' ')}`,
    sensitive: false,
    format: null,
    optional: false,
  };
}

/**
 * Leaves out what runs in one instance only and shares nothing with the pattern, neither the instance's name nor a tag
 * with its other resources: leftovers, not variants.
 */
function withoutStrangers(instances: readonly Instance[]): readonly Instance[] {
  if (instances.length < 2) return instances;
  const roleCounts = new Map<string, number>();
  for (const one of align(instances)) {
    for (const member of one.members) {
      for (const part of member.parts.values()) roleCounts.set(partKey(part), member.parts.size);
    }
  }
  return instances.map((instance) => {
    const common = commonTags(instance);
    const strangers = instance.parts.filter((part) => {
      if ((roleCounts.get(partKey(part)) ?? 0) > 1 || part.of !== undefined) return false;
      const named =
        part.name !== null &&
        tokenise(part.name, instance).some((piece) => typeof piece !== 'string' && piece.token === 'name');
      return !named && !sharesTag(part, common);
    });
    const factIds = new Set(strangers.map((part) => part.factId));
    const gone = new Set(instance.parts.filter((part) => factIds.has(part.factId)));
    return withoutParts(
      instance,
      gone,
      `Runs only in ${instance.name} and shares neither its name nor its tags: not a part of the pattern.`,
    );
  });
}

function partKey(part: Part): string {
  return `${part.instance} ${part.type} ${part.importId}`;
}

function tagsIn(part: Part): readonly string[] {
  const reading = part.body['tags'];
  if (reading?.kind !== 'map') return [];
  return Object.entries(reading.entries).map(([key, value]) => JSON.stringify([key, value]));
}

/** Tags, with their values, that most of the tagged resources of an instance have. */
function commonTags(instance: Instance): ReadonlySet<string> {
  const tagged = instance.parts.map(tagsIn).filter((tags) => tags.length > 0);
  const counts = new Map<string, number>();
  for (const tags of tagged) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > tagged.length / 2).map(([tag]) => tag));
}

function sharesTag(part: Part, common: ReadonlySet<string>): boolean {
  return tagsIn(part).some((tag) => common.has(tag));
}

function mostFrequentJson(values: readonly Json[]): Json {
  const text = mostFrequent(values.map((value) => JSON.stringify(value)));
  return text === null ? null : (JSON.parse(text) as Json);
}

function problemsOf(instances: readonly Instance[], resources: readonly DesignedResource[]): readonly Problem[] {
  const problems: Problem[] = [];
  if (instances.length === 1) {
    problems.push({
      ...unplaced,
      severity: 'info',
      code: 'one-instance',
      message: 'One instance is a snapshot, not a pattern: what may differ is a guess.',
      advice: 'Select a second instance to learn what differs.',
    });
  }
  for (const instance of instances) {
    if (instance.parts.length > 0) continue;
    problems.push({
      ...unplaced,
      severity: 'error',
      code: 'empty-instance',
      message: `The instance ${instance.name} holds nothing that can be written as code.`,
      advice: 'Widen its scope, region or tags.',
    });
  }
  if (instances.length > 1 && descriptionSize(resources) >= instancesSize(instances)) {
    problems.push({
      ...unplaced,
      severity: 'warning',
      code: 'not-shorter',
      message: 'One description of these instances with what differs is longer than describing each by itself.',
      advice: 'They share too little to be one pattern: select instances that are more alike.',
    });
  }
  for (const { aligned, enabled } of resources) {
    if (enabled === null) continue;
    const has = [...enabled.values].filter(([, value]) => value === true).map(([name]) => name);
    problems.push({
      ...unplaced,
      severity: 'info',
      code: 'optional-resource',
      message: `${addressOf(aligned)} runs only in ${has.join(', ')}; it became optional.`,
      advice: null,
    });
  }
  return problems;
}

/** Attributes of the template plus, for every value that differs, one per instance. */
function descriptionSize(resources: readonly DesignedResource[]): number {
  let size = 0;
  for (const { body, members } of resources) {
    size += Object.keys(body).length + (members?.fields.length ?? 0);
    for (const term of Object.values(body))
      for (const inner of walk(term)) if (inner.kind === 'input') size += inner.seed.values.size;
  }
  return size;
}

function instancesSize(instances: readonly Instance[]): number {
  return instances.reduce(
    (sum, instance) => sum + instance.parts.reduce((own, part) => own + Object.keys(part.body).length, 0),
    0,
  );
}

const unplaced = { file: null, line: null, column: null, field: null, node: null };
