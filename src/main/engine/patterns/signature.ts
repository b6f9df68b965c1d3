import type { Json } from '#shared/base/json.ts';
import { networkOf, piecesAt, resolve, type Occurrence, type Surroundings } from './occurrences.ts';
import type { Body, Reading } from './readings.ts';

/**
 * A text that is equal for two readings exactly when they mean the same in their instances: references by what they
 * lead to, texts by their tokens.
 */
export function signature(surroundings: Surroundings, at: Occurrence, reading: Reading): string {
  return JSON.stringify(meaning(surroundings, at, reading));
}

/** The same for a nested block. */
export function bodySignature(surroundings: Surroundings, at: Occurrence, body: Body): string {
  const names = Object.keys(body).toSorted();
  return JSON.stringify(
    names.map((name) => [name, body[name] === undefined ? null : meaning(surroundings, at, body[name])]),
  );
}

function meaning(surroundings: Surroundings, at: Occurrence, reading: Reading): Json {
  const again = (inner: Reading): Json => meaning(surroundings, at, inner);
  switch (reading.kind) {
    case 'text':
      return textMeaning(surroundings, at, reading.value);
    case 'scalar':
      return reading.value;
    case 'reference': {
      const resolved = resolve(surroundings, at, reading);
      return resolved === null
        ? textMeaning(surroundings, at, reading.value)
        : ['ref', resolved.of.type, resolved.of.label, resolved.key, resolved.attribute];
    }
    case 'range': {
      const network = networkOf(surroundings, at, reading.within);
      if (network?.range === reading.value) return ['network', network.resolved.of.label];
      return ['range', reading.value];
    }
    case 'set':
      return ['set', ...reading.items.map((item) => JSON.stringify(again(item))).toSorted()];
    case 'map':
      return Object.keys(reading.entries)
        .toSorted()
        .map((key): Json => [key, reading.entries[key] === undefined ? null : again(reading.entries[key])]);
    case 'document':
      return documentMeaning(surroundings, at, reading.value);
    case 'blocks':
      return ['blocks', ...reading.items.map((item) => bodySignature(surroundings, at, item)).toSorted()];
    case 'secret':
    case 'supplied':
      return [reading.kind, reading.label];
    case 'incidental':
      return again(reading.reading);
  }
}

function textMeaning(surroundings: Surroundings, at: Occurrence, value: string): Json {
  return piecesAt(surroundings, at, value).map((piece): Json =>
    typeof piece === 'string' ? piece : { token: piece.token },
  );
}

function documentMeaning(surroundings: Surroundings, at: Occurrence, value: Json): Json {
  if (typeof value === 'string') return textMeaning(surroundings, at, value);
  if (Array.isArray(value)) return value.map((item) => documentMeaning(surroundings, at, item));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return entries.map(([key, item]): Json => [key, documentMeaning(surroundings, at, item)]);
  }
  return value;
}
