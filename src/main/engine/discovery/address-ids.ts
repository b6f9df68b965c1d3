import { isIP } from 'node:net';
import type { Json } from '#shared/base/json.ts';
import { canonicalId } from './canonical-id.ts';

// Ids of what is no resource of any cloud. Each answers undefined for what is not of its form.

/** `ip:203.0.113.7` */
export function addressId(value: Json | undefined): string | undefined {
  return typeof value === 'string' && isIP(value) !== 0
    ? canonicalId({ cloud: 'other', space: 'ip', value })
    : undefined;
}

/** `dns:shop.example.com`, from a host name or the host of an address. */
export function hostId(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const host = hostOf(value);
  if (host === null || isIP(host) !== 0) return addressId(host);
  return canonicalId({ cloud: 'other', space: 'dns', value: host });
}

function hostOf(text: string): string | null {
  const name = text.includes('://') ? (URL.canParse(text) ? new URL(text).hostname : '') : text;
  return /^[a-z0-9*_-]+(\.[a-z0-9_-]+)+\.?$/iu.test(name) ? name.toLowerCase().replace(/\.$/u, '') : null;
}

/** `cidr:10.0.0.0/8`; a single address is the range of that address alone. */
export function rangeId(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [address = '', length] = value.split('/');
  const family = isIP(address);
  if (family === 0) return undefined;
  const range = length === undefined ? `${address}/${family === 4 ? 32 : 128}` : value;
  return canonicalId({ cloud: 'other', space: 'cidr', value: range });
}
