import type { ResourceFact } from '#shared/model/index.ts';
import { map, type Reading } from '../readings.ts';

/** Tags without those that AWS sets itself, which no tool may write. */
export function ownTags(fact: Pick<ResourceFact, 'tags'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fact.tags).filter(([key]) => !key.startsWith('aws:')));
}

export function tagsOf(fact: Pick<ResourceFact, 'tags'>): Reading | undefined {
  return map(ownTags(fact));
}

/** The name people gave it: its `Name` tag, else a name that is not just its id; null when there is none. */
export function nameOf(fact: ResourceFact): string | null {
  const tag = fact.tags['Name'];
  if (tag !== undefined && tag !== '') return tag;
  return fact.name === '' || fact.name === fact.nativeId || fact.name === fact.id ? null : fact.name;
}
