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
