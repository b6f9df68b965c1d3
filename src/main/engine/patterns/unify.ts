import type { Json } from '#shared/base/json.ts';
import { positionIn } from './address-range.ts';
import { differing, type Comparing } from './differ.ts';
import { unifyBlocks } from './unify-blocks.ts';
import { commonReference, templateOf } from './common-terms.ts';
import { unifyDocument } from './unify-document.ts';
import { unifySet } from './unify-set.ts';
import { networkOf, piecesAt, plainValue, resolve, type Sight } from './occurrences.ts';
import type { Body, Reading } from './readings.ts';
import { signature } from './signature.ts';
import type { Term, TermBody } from './terms.ts';
import { aboutType } from './terraform-types/index.ts';
import { canonicalPieces, isPlain } from './tokens.ts';

type ReadingSight = Sight<Reading | undefined>;

/**
 * Puts the bodies of one resource in all its places together (anti-unification): what is equal stays constant, what is
 * made of name, region, account or member key is derived, what leads to another resource becomes a reference, and the
 * rest becomes inputs.
 */
export function unifyBody(context: Comparing): TermBody {
  const defaults = aboutType(context.aligned.type).defaults ?? {};
  const sights = context.occurrences.map((at) => ({ at, value: at.part.body }));
  const terms: Record<string, Term> = {};
  for (const name of attributeNames(sights)) {
    const fallback = defaults[name];
    const term = unify(
      context,
      sights.map(({ at, value }) => ({ at, value: value[name] ?? defaultReading(fallback) })),
      name,
    );
    if (term === null) continue;
    if (term.kind === 'literal' && fallback !== undefined && JSON.stringify(term.value) === JSON.stringify(fallback))
      continue;
    terms[name] = term;
  }
  return terms;
}

/** Puts nested bodies together; `path` is where they stand. */
function unifyNested(context: Comparing, sights: readonly Sight<Body>[], path: string): TermBody {
  const terms: Record<string, Term> = {};
  for (const name of attributeNames(sights)) {
    const term = unify(
      context,
      sights.map(({ at, value }) => ({ at, value: value[name] })),
      `${path}.${name}`,
    );
    if (term !== null) terms[name] = term;
  }
  return terms;
}

function attributeNames(sights: readonly Sight<Body>[]): readonly string[] {
  return [...new Set(sights.flatMap(({ value }) => Object.keys(value)))];
}

function defaultReading(value: Json | undefined): Reading | undefined {
  if (typeof value === 'string') return { kind: 'text', value };
  return typeof value === 'number' || typeof value === 'boolean' ? { kind: 'scalar', value } : undefined;
}

/** One attribute in all its places; null when it is left to the cloud. */
function unify(context: Comparing, sights: readonly ReadingSight[], path: string): Term | null {
  const present = sights.filter((sight): sight is Sight<Reading> => sight.value !== undefined);
  const [first] = present;
  if (first === undefined) return null;
  if (first.value.kind === 'incidental') return unifyIncidental(context, sights, path);
  const description = describe(context, path);
  if (first.value.kind === 'blocks') return unifyBlocks(context, sights, { path, nested: unifyNested });
  if (first.value.kind === 'map') return unifyMap(context, sights, path);
  if (first.value.kind === 'secret' || first.value.kind === 'supplied') {
    const { label } = first.value;
    return {
      kind: 'input',
      seed: {
        aligned: context.aligned,
        path: label,
        type: 'string',
        values: new Map(),
        description:
          first.value.kind === 'supplied' ? `${first.value.description} ${context.aligned.label}` : description,
        sensitive: first.value.kind === 'secret',
        format: null,
        optional: false,
      },
    };
  }
  if (present.length === sights.length) {
    const same = unifyPresent(context, present, path);
    if (same !== null) return same;
  }
  return differing(
    context,
    sights.map(({ at, value }) => ({
      at,
      value: value?.kind === 'set' ? value.items.map(plainValue) : plainValue(value),
    })),
    {
      path,
      type: typeOf(first.value),
      description,
      ...(first.value.kind === 'range' ? { format: 'cidr' } : {}),
    },
  );
}

function unifyPresent(context: Comparing, sights: readonly Sight<Reading>[], path: string): Term | null {
  const kinds = new Set(sights.map(({ value }) => value.kind));
  const [kind] = kinds;
  if (kinds.size > 1 || kind === undefined) return null;
  switch (kind) {
    case 'scalar':
      return allEqual(sights.map(({ value }) => plainValue(value)));
    case 'text':
      return unifyText(context, sights);
    case 'reference':
      return unifyReference(context, sights) ?? unifyText(context, sights);
    case 'range':
      return unifyRange(context, sights, path);
    case 'set':
      return unifySet(context, sights);
    case 'document':
      return unifyDocument(
        context,
        sights.flatMap(({ at, value }) => (value.kind === 'document' ? [{ at, value: value.value }] : [])),
        path,
      );
    case 'map':
    case 'blocks':
    case 'secret':
    case 'supplied':
    case 'incidental':
      return null;
  }
}

function allEqual(values: readonly Json[]): Term | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? { kind: 'literal', value: first } : null;
}

/** A text that is the same up to its tokens, or else the same to the letter. */
function unifyText(context: Comparing, sights: readonly Sight<Reading>[]): Term | null {
  const texts = sights.map(({ at, value }) => ({ at, text: String(plainValue(value) ?? '') }));
  const pieces = texts.map(({ at, text }) => piecesAt(context, at, text));
  const [first] = pieces;
  if (first === undefined) return null;
  const same = pieces.every((other) => canonicalPieces(other) === canonicalPieces(first));
  if (same && !isPlain(first)) return templateOf(first);
  return allEqual(texts.map(({ text }) => text));
}

function unifyReference(context: Comparing, sights: readonly Sight<Reading>[]): Term | null {
  return commonReference(
    context,
    sights.map(({ at, value }) => ({
      at,
      value: value.kind === 'reference' ? resolve(context, at, value) : null,
    })),
  );
}

/**
 * A range: the same everywhere; or the network's own; or cut out of it at a place that is the same in every instance or
 * belongs to the member.
 */
function unifyRange(context: Comparing, sights: readonly Sight<Reading>[], path: string): Term | null {
  const equal = allEqual(sights.map(({ value }) => plainValue(value)));
  const places = sights.map(({ at, value }) => {
    const network = value.kind === 'range' ? networkOf(context, at, value.within) : null;
    const inner = String(plainValue(value) ?? '');
    return { at, inner, network, position: network === null ? null : positionIn(network.range, inner) };
  });
  const network = commonReference(
    context,
    places.map(({ at, network: found }) => ({ at, value: found?.resolved ?? null })),
  );
  if (network === null) return equal;
  if (places.every((place) => place.network?.range === place.inner)) return network;
  const [first] = places;
  const bits = first?.position?.bits;
  if (bits === undefined || places.some((place) => place.position?.bits !== bits)) return equal;
  const numbers = places.map((place) => ({ at: place.at, value: place.position?.number ?? 0 }));
  const number = allEqual(numbers.map(({ value }) => value));
  if (number !== null) return { kind: 'subrange', network, bits, number };
  if (context.aligned.shape !== 'group') return equal;
  return {
    kind: 'subrange',
    network,
    bits,
    number: differing(context, numbers, {
      path: path.replace(/cidr_block$/, 'number'),
      type: 'number',
      description: `the number of its range inside the network`,
    }),
  };
}

function unifyMap(context: Comparing, sights: readonly ReadingSight[], path: string): Term {
  const maps = sights.map(({ at, value }) => ({ at, entries: value?.kind === 'map' ? value.entries : {} }));
  const keys = [...new Set(maps.flatMap(({ entries }) => Object.keys(entries)))];
  const entries: Record<string, Term> = {};
  const partial: string[] = [];
  for (const key of keys) {
    if (maps.every((map) => map.entries[key] !== undefined)) {
      const term = unify(
        context,
        maps.map((map) => ({ at: map.at, value: map.entries[key] })),
        `${path}.${key}`,
      );
      if (term !== null) entries[key] = term;
    } else partial.push(key);
  }
  if (partial.length === 0) return { kind: 'map', entries, extra: null };
  const extra = maps.map(({ at, entries: own }) => ({
    at,
    value: Object.fromEntries(
      partial.flatMap((key): [string, Json][] => (own[key] === undefined ? [] : [[key, plainValue(own[key])]])),
    ),
  }));
  const term = differing(context, extra, {
    path: `extra_${path}`,
    type: { map: 'string' },
    description: `Further ${path} of ${context.aligned.label}`,
  });
  return { kind: 'map', entries, extra: term };
}

/** Kept where every place has the same, else left to the cloud: it chose the values itself. */
function unifyIncidental(context: Comparing, sights: readonly ReadingSight[], path: string): Term | null {
  const inner = sights.map(({ at, value }) => ({ at, value: value?.kind === 'incidental' ? value.reading : value }));
  const signs = new Set(inner.map(({ at, value }) => (value === undefined ? '' : signature(context, at, value))));
  const instances = new Set(sights.map(({ at }) => at.instance.name));
  // One instance alone proves nothing: the cloud may have chosen it.
  return signs.size === 1 && instances.size > 1 ? unify(context, inner, path) : null;
}

function typeOf(reading: Reading) {
  if (reading.kind === 'scalar') return typeof reading.value === 'number' ? 'number' : 'bool';
  if (reading.kind === 'set') return { list: 'string' } as const;
  return 'string';
}

/** Words for attributes whose own name says little. */
const titles: Readonly<Record<string, string>> = {
  cidr_block: 'address range',
  multi_az: 'standby in a second zone',
  engine_version: 'version of the engine',
  allocated_storage: 'storage in GiB',
  backup_retention_period: 'days to keep backups',
  visibility_timeout_seconds: 'seconds a message stays hidden once received',
  message_retention_seconds: 'seconds to keep a message',
  memory_size: 'memory in MiB',
};

function describe(context: Comparing, path: string): string {
  const { aligned } = context;
  const noun = aboutType(aligned.type).noun.replaceAll('_', ' ');
  const thing = noun === 'vpc' ? 'network' : noun;
  const label = aligned.label === 'main' ? '' : ` ${aligned.label.replaceAll('_', ' ')}`;
  const title = `${thing}${label}`;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${titles[path] ?? path.replaceAll(/[._]/g, ' ')}`;
}
