import type { RelationshipFact } from '#shared/model/index.ts';

/** Edges in one line each, `FROM -TYPE-> TO`, with the last part of each id, for comparing. */
export function edgeLines(relationships: readonly RelationshipFact[]): readonly string[] {
  return relationships.map(({ type, from, to }) => `${tail(from)} -${type}-> ${tail(to)}`);
}

function tail(id: string): string {
  return id.startsWith('arn:') ? id.split(':').slice(4).join(':') : id;
}
