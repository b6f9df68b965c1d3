import { isIP } from 'node:net';
import type { Json } from '#shared/base/json.ts';
import { canonicalId } from '../../canonical-id.ts';

/** `ip:203.0.113.7` */
export function addressId(value: Json): string | undefined {
  return typeof value === 'string' && isIP(value) !== 0
    ? canonicalId({ cloud: 'other', space: 'ip', value })
    : undefined;
}

/** `dns:shop.example.com`, from a host name or the host of an address. */
export function hostId(value: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  const host = hostOf(value);
  if (host === null || isIP(host) !== 0) return addressId(host);
  return canonicalId({ cloud: 'other', space: 'dns', value: host });
}

function hostOf(text: string): string | null {
  const name = text.includes('://') ? (URL.canParse(text) ? new URL(text).hostname : '') : text;
  return /^[a-z0-9*_-]+(\.[a-z0-9_-]+)+\.?$/iu.test(name) ? name.toLowerCase().replace(/\.$/u, '') : null;
}

/** The registry in the name of a container's image, `shop.azurecr.io/web:1` → `dns:shop.azurecr.io`. */
export function registryId(image: Json): string | undefined {
  if (typeof image !== 'string' || !image.includes('/')) return undefined;
  return hostId((image.split('/')[0] ?? '').replace(/:\d+$/u, ''));
}

/** `cidr:10.0.0.0/8`; a single address is the range of that address alone. */
export function rangeId(value: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [address = '', length] = value.split('/');
  const family = isIP(address);
  if (family === 0) return undefined;
  const range = length === undefined ? `${address}/${family === 4 ? 32 : 128}` : value;
  return canonicalId({ cloud: 'other', space: 'cidr', value: range });
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
