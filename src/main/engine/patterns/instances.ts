import type { InstanceSelection, RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { commonStem, type TokenValues } from './tokens.ts';
import { mappingOf, rawOf, type Dialect, type NewPart } from './terraform-types/index.ts';

/** What runs, as far as a selection needs it. */
export interface EstateSlice {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

/** One Terraform resource of one instance. */
export interface Part extends NewPart {
  /** Canonical id of the discovered resource it was read from. */
  readonly factId: string;
  readonly kind: string;
  readonly instance: string;
}

export interface LeftOut {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly instance: string;
  readonly why: string;
}

/** One instance in Terraform's terms, not yet compared with the others. */
export interface Instance extends TokenValues {
  readonly name: string;
  readonly scopeId: string;
  readonly parts: readonly Part[];
  readonly leftOut: readonly LeftOut[];
  /** Parts by the values others may refer to them with. */
  find(types: readonly string[] | null, value: string): { readonly part: Part; readonly attribute: string } | null;
}

/**
 * The resources of a selection. Resources that belong to no region (roles, for example) are taken when they carry the
 * region's name or the instance's own, or when something selected leads to them.
 */
export function selectResources(selection: InstanceSelection, estate: EstateSlice): readonly ResourceFact[] {
  if (selection.ids.length > 0) {
    const wanted = new Set(selection.ids);
    return estate.resources.filter((fact) => wanted.has(fact.id));
  }
  const inScope = estate.resources.filter((fact) => selection.scope === null || fact.scopeId === selection.scope);
  const matches = withContained(
    inScope.filter((fact) => selection.tags.every((tag) => fact.tags[tag.key] === tag.value)),
    { ...estate, resources: inScope },
  );
  if (selection.region === null) return matches;
  const { region } = selection;
  const regional = matches.filter((fact) => fact.region === region);
  const ids = new Set(regional.map((fact) => fact.id));
  const linked = new Set<string>();
  for (const relationship of estate.relationships) {
    if (ids.has(relationship.from)) linked.add(relationship.to);
    if (ids.has(relationship.to)) linked.add(relationship.from);
  }
  const stem = commonStem(regional.flatMap((fact) => namesOf(fact)));
  const global = matches.filter(
    (fact) =>
      fact.region === 'global' &&
      (linked.has(fact.id) || fact.name.includes(region) || (stem !== null && fact.name.startsWith(stem))),
  );
  return [...regional, ...global];
}

/** What has no tags of its own (a listener, for example) goes with what holds it. */
function withContained(selected: readonly ResourceFact[], estate: EstateSlice): readonly ResourceFact[] {
  const byId = new Map(estate.resources.map((fact) => [fact.id, fact]));
  const found = new Set(selected);
  const contained = estate.relationships.filter((relationship) => relationship.type === 'CONTAINS');
  let before = -1;
  while (before !== found.size) {
    before = found.size;
    for (const { from, to } of contained) {
      const [holder, inner] = [byId.get(from), byId.get(to)];
      if (holder === undefined || inner === undefined || !found.has(holder)) continue;
      if (Object.keys(inner.tags).length === 0) found.add(inner);
    }
  }
  return [...found];
}

function namesOf(fact: ResourceFact): readonly string[] {
  const name = fact.tags['Name'] ?? fact.name;
  return name === '' || name === fact.nativeId || name === fact.id ? [] : [name];
}

/** Reads the resources of one instance in Terraform's terms. */
export function readInstance(selection: InstanceSelection, facts: readonly ResourceFact[], dialect: Dialect): Instance {
  const parts: Part[] = [];
  const leftOut: LeftOut[] = [];
  const defaults = new Set(
    facts
      .filter((fact) => fact.kind === 'aws.ec2.vpc' && rawOf(fact.raw).flag('IsDefault') === true)
      .map((fact) => fact.nativeId),
  );
  const converting = { dialect, isDefaultNetwork: (id: string | null) => id !== null && defaults.has(id) };
  for (const fact of facts) {
    const place = { id: fact.id, kind: fact.kind, name: fact.name, instance: selection.name };
    const conversion = mappingOf(fact.kind)?.convert(fact, converting);
    if (conversion === undefined) {
      leftOut.push({ ...place, why: 'Resources of this kind are not written as code yet.' });
    } else if ('leftOut' in conversion) {
      leftOut.push({ ...place, why: conversion.leftOut });
    } else {
      for (const part of conversion.parts) {
        parts.push({
          ...part,
          body: settable(part, dialect),
          factId: fact.id,
          kind: fact.kind,
          instance: selection.name,
        });
      }
    }
  }
  return {
    name: selection.name,
    scopeId: selection.scope ?? mostFrequent(facts.map((fact) => fact.scopeId)) ?? '',
    region: selection.region ?? mostFrequent(facts.map((fact) => fact.region).filter((it) => it !== 'global')) ?? '',
    account: accountOf(facts, selection.scope),
    stem: commonStem(parts.flatMap((part) => (part.name === null ? [] : [part.name]))),
    parts,
    leftOut,
    find: finder(parts),
  };
}

/** What this provider version cannot be told is not written: it would refuse the whole file. */
function settable(part: NewPart, dialect: Dialect): NewPart['body'] {
  return Object.fromEntries(Object.entries(part.body).filter(([attribute]) => dialect.has(part.type, attribute)));
}

/** The same instance without some of its parts. */
export function withoutParts(instance: Instance, gone: ReadonlySet<Part>, why: string): Instance {
  const parts = instance.parts.filter((part) => !gone.has(part));
  const known = new Set(parts.map((part) => part.factId));
  const dropped = new Map([...gone].map((part) => [part.factId, part]));
  const leftOut = [...dropped.values()]
    .filter((part) => part.instance === instance.name && !known.has(part.factId))
    .map((part) => ({
      id: part.factId,
      kind: part.kind,
      name: part.name ?? part.importId,
      instance: instance.name,
      why,
    }));
  return { ...instance, parts, leftOut: [...instance.leftOut, ...leftOut], find: finder(parts) };
}

function finder(parts: readonly Part[]): Instance['find'] {
  const index = new Map<string, { readonly part: Part; readonly attribute: string }[]>();
  for (const part of parts) {
    for (const [attribute, value] of Object.entries(part.identities)) {
      if (value === '') continue;
      const entries = index.get(value) ?? [];
      entries.push({ part, attribute });
      index.set(value, entries);
    }
  }
  return (types, value) => {
    const entries = (index.get(value) ?? []).filter((entry) => types === null || types.includes(entry.part.type));
    // Two resources with the same value: ambiguous, so it stays a literal.
    const owners = new Set(entries.map((entry) => entry.part));
    return owners.size === 1 ? (entries[0] ?? null) : null;
  };
}

function accountOf(facts: readonly ResourceFact[], scope: string | null): string {
  const fromScope = /(\d{12})$/.exec(scope ?? '')?.[1];
  return fromScope ?? mostFrequent(facts.flatMap((fact) => /(\d{12})$/.exec(fact.scopeId)?.[1] ?? [])) ?? '';
}

/** The value that occurs most often; the first of equals; null for none. */
export function mostFrequent<Value>(values: readonly Value[]): Value | null {
  const counts = new Map<Value, number>();
  let best: Value | null = null;
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}
