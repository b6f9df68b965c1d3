import type { Json } from '#shared/base/json.ts';

/** The node of someone in the directory: a person, a group, an application, an identity. */
export function principalId(objectId: Json | undefined): string | undefined {
  return typeof objectId === 'string' && objectId !== '' ? `azure:principal:${objectId.toLowerCase()}` : undefined;
}
