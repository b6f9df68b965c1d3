import { cloudSchema, type Cloud } from '#shared/model/index.ts';
import { cloudNames } from '../settings/index.ts';

/** A cloud as people call it: `AWS`, `Google Cloud`, or `other`. */
export function cloudText(cloud: Cloud): string {
  return cloud === 'other' ? cloud : cloudNames[cloud];
}

/** Ids of scopes begin with their cloud: `azure:subscription:…`. */
export function cloudOfScope(id: string): Cloud {
  return cloudSchema.catch('other').parse(id.split(':')[0]);
}

/** True when there is more than one cloud to be told apart; the states of a tool, which are of none, do not count. */
export function areSeveralClouds(clouds: Iterable<string>): boolean {
  const named = new Set(clouds);
  named.delete('other');
  return named.size > 1;
}
