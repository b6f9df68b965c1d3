import type { Json } from '#shared/base/json.ts';
import type { AlignedResource, Comparison } from '#shared/model/index.ts';
import { addressOf } from './align.ts';
import type { DesignedResource, PatternDesign } from './design.ts';
import { code, type Writing } from './expressions.ts';
import { portSchema } from './inputs.ts';
import { occurrencesOf, plainValue, type Occurrence } from './occurrences.ts';
import type { Reading } from './readings.ts';
import { walk, type Term } from './terms.ts';

type Verdict = AlignedResource['attributes'][number]['verdict'];

/** The instances side by side, attribute by attribute, as the screen shows them. */
export function comparisonOf(design: PatternDesign): Comparison {
  return {
    instances: design.instances.map((instance) => ({
      name: instance.name,
      resources: new Set(instance.parts.map((part) => part.factId)).size,
      scope: instance.scopeId,
      region: instance.region,
    })),
    resources: design.resources.map((resource) => alignedResource(resource, design)),
    inputs: design.inputs.map((input) => ({
      name: input.name,
      schema: {
        ...portSchema(input.type),
        description: input.description,
        ...(input.format === null ? {} : { format: input.format }),
        ...(input.choices.length > 1 ? { enum: [...input.choices] } : {}),
        ...(input.default === undefined ? {} : { default: input.default }),
        ...(input.sensitive ? { 'x-sensitive': true } : {}),
      },
      values: Object.fromEntries(input.values),
      from: [...input.from],
    })),
    leftOut: [...design.leftOut],
    problems: [...design.problems],
  };
}

function alignedResource(resource: DesignedResource, design: PatternDesign): AlignedResource {
  const { aligned, body } = resource;
  const occurrences = occurrencesOf(aligned, design.instances);
  const writing = writingOf(resource, design);
  const names = new Set([...occurrences.flatMap(({ part }) => Object.keys(part.body)), ...Object.keys(body)]);
  return {
    key: addressOf(aligned),
    kind: occurrences[0]?.part.kind ?? '',
    boundary: aligned.node,
    node: aligned.node,
    address: addressOf(aligned),
    members: design.instances.flatMap((instance): AlignedResource['members'] => {
      const own = occurrences.filter((occurrence) => occurrence.instance === instance);
      if (own.length === 0) return [{ instance: instance.name, id: null, name: null }];
      return own.map(({ part }) => ({ instance: instance.name, id: part.factId, name: part.name ?? part.importId }));
    }),
    attributes: [...names].map((path) => {
      const term = body[path];
      return {
        path,
        verdict: term === undefined ? ('ignored' as const) : verdictOf(term, resource),
        values: valuesAt(occurrences, path, aligned.shape === 'group'),
        becomes: term === undefined ? null : becomes(term, writing),
      };
    }),
  };
}

function writingOf(resource: DesignedResource, design: PatternDesign): Writing {
  return {
    node: resource.aligned.node,
    inputOf: design.inputOf,
    wireName: (term) => `${term.of.label}_${term.attribute}`,
    singleField: resource.members?.fields.length === 1,
    like: resource.members?.like === null || resource.members === null ? null : addressOf(resource.members.like),
  };
}

function verdictOf(term: Term, resource: DesignedResource): Verdict {
  if (resource.enabled !== null) return 'optional';
  const kinds = new Set([...walk(term)].map((inner) => inner.kind));
  if (kinds.has('input')) return 'input';
  if (kinds.has('each') && resource.members !== null && resource.members.seed !== null) return 'input';
  if (kinds.has('attribute') || kinds.has('all')) return 'reference';
  if (kinds.has('token') || kinds.has('key') || kinds.has('subrange')) return 'derived';
  return 'constant';
}

function becomes(term: Term, writing: Writing): string {
  if (term.kind !== 'blocks') return code(term, writing);
  const blocks = term.items.map((item) => {
    const inner = Object.entries(item).map(([name, value]) => `${name} = ${becomes(value, writing)}`);
    return `{ ${inner.join(', ')} }`;
  });
  const { more } = term;
  const further = more === null ? [] : [`dynamic ${code(more.kind === 'list' ? more.list : more.condition, writing)}`];
  return [...blocks, ...further].join(' ');
}

function valuesAt(occurrences: readonly Occurrence[], path: string, isGroup: boolean): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { instance, key, part } of occurrences) {
    const value = shown(part.body[path]);
    if (!isGroup) {
      values[instance.name] = value;
      continue;
    }
    const known = values[instance.name];
    values[instance.name] = {
      ...(typeof known === 'object' && known !== null && !Array.isArray(known) ? known : {}),
      [key]: value,
    };
  }
  return values;
}

/** A reading as plain data; secrets were never there. */
function shown(reading: Reading | undefined): Json {
  switch (reading?.kind) {
    case 'set':
      return reading.items.map(shown);
    case 'map':
      return Object.fromEntries(
        Object.entries(reading.entries).map(([key, value]): [string, Json] => [key, shown(value)]),
      );
    case 'blocks':
      return reading.items.map((item) =>
        Object.fromEntries(Object.entries(item).map(([key, value]): [string, Json] => [key, shown(value)])),
      );
    case 'document':
      return reading.value;
    case 'incidental':
      return shown(reading.reading);
    case 'text':
    case 'reference':
    case 'range':
    case 'scalar':
    case 'secret':
    case 'supplied':
    case undefined:
      return plainValue(reading);
  }
}
