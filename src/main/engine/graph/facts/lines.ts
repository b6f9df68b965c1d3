import type { Json } from '#shared/base/json.ts';
import type { RelationshipFact } from '#shared/model/index.ts';
import type { ResourceHead } from '#engine/ports/index.ts';

/** What a line of a facts file holds: the head of a resource, a relationship, or a resource's body. */
export type LineKind = 'heads' | 'relationships' | 'bodies';

/** The head of a resource as it stands in a facts file, with what the run knew of its past. */
export interface HeadLine extends ResourceHead {
  readonly firstRun: number;
  readonly changedRun: number;
  readonly contentHash: string;
  readonly driftHash: string;
  /** Ids its body names that none of its relationships does: see `idsInBody`. Absent when there are none. */
  readonly references?: readonly string[];
  /** How many more ids its body names, too many to be followed. Absent when there are none. */
  readonly unfollowed?: number;
}

export interface BodyLine {
  readonly id: string;
  readonly raw: Json;
  /** As in the head that was written with it. */
  readonly sparse?: boolean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseRecord(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new TypeError('is not a JSON object');
  return value;
}

// These lines were written by this folder from checked facts, and there may be a million of them: the fields
// everything hangs on are checked, a full schema is not run over each.
function requireText(record: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) {
    if (typeof record[name] !== 'string') throw new TypeError(`has no text in "${name}"`);
  }
}

/** Reads one head. Throws `SyntaxError` or `TypeError` saying what is wrong. */
export function parseHead(text: string): HeadLine {
  const record = parseRecord(text);
  requireText(record, ['id', 'cloud', 'kind', 'category', 'name', 'nativeId', 'scopeId', 'region', 'driftHash']);
  if (typeof record['firstRun'] !== 'number') throw new TypeError('has no number in "firstRun"');
  if (!isRecord(record['tags'])) throw new TypeError('has no object in "tags"');
  return record as unknown as HeadLine;
}

/** Reads one relationship. Throws `SyntaxError` or `TypeError` saying what is wrong. */
export function parseRelationship(text: string): RelationshipFact {
  const record = parseRecord(text);
  requireText(record, ['type', 'from', 'to', 'source']);
  if (!isRecord(record['properties'])) throw new TypeError('has no object in "properties"');
  return record as unknown as RelationshipFact;
}

/** Reads one body. Throws `SyntaxError` or `TypeError` saying what is wrong. */
export function parseBody(text: string): BodyLine {
  const record = parseRecord(text);
  requireText(record, ['id']);
  if (!('raw' in record)) throw new TypeError('has no "raw"');
  return record as unknown as BodyLine;
}

/** How a line that speaks of this resource begins: heads and bodies are written with their id first. */
export function lineStart(resourceId: string): string {
  return `{"id":${JSON.stringify(resourceId)},`;
}

/** The id in which a head or a body begins; null when the line does not begin with one. */
export function idOfLine(line: string): string | null {
  if (!line.startsWith('{"id":"')) return null;
  const end = line.indexOf('"', 7);
  if (end < 0) return null;
  const text = line.slice(7, end);
  if (!text.includes('\\')) return text;
  // With an escape inside, the quote found may be one of the id.
  const found = /^\{"id":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return found === undefined ? null : (JSON.parse(found) as string);
}
