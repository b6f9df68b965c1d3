import type { Json } from '#shared/base/json.ts';
import { hostId, rangeId } from '../../address-ids.ts';

export { addressId, hostId, rangeId } from '../../address-ids.ts';

/** The registry in the name of a container's image, `shop.azurecr.io/web:1` → `dns:shop.azurecr.io`. */
export function registryId(image: Json): string | undefined {
  if (typeof image !== 'string' || !image.includes('/')) return undefined;
  return hostId((image.split('/')[0] ?? '').replace(/:\d+$/u, ''));
}

/** The registry of the image a site runs, `DOCKER|shop.azurecr.io/web:1` → `dns:shop.azurecr.io`; none for a built-in stack. */
export function siteRegistryId(version: Json): string | undefined {
  const image = typeof version === 'string' ? /^DOCKER\|(?<image>.+)$/iu.exec(version)?.groups?.['image'] : undefined;
  return registryId((image ?? '').replace(/^https?:\/\//iu, ''));
}

/**
 * What a rule's prefix means: a range, the internet, or one of Azure's service tags, which stand for ranges that
 * Azure keeps. `*` is every address.
 */
export function prefixId(value: Json): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (value === '*') return rangeId('0.0.0.0/0');
  if (value.toLowerCase() === 'internet') return 'internet';
  return rangeId(value) ?? `azure:service-tag:${value.toLowerCase()}`;
}

/** True for a prefix that lets the whole internet in. */
export function isAnywhere(prefix: string): boolean {
  return ['*', '0.0.0.0/0', '::/0', 'internet', 'any'].includes(prefix.toLowerCase());
}
