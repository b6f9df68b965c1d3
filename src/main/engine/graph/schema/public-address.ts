import { addressRange, contains } from './addresses.ts';

/**
 * Ranges that the internet does not route to: private, carrier, loopback, link-local, multicast, reserved.
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry and the one for IPv6.
 */
export const unroutable = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].flatMap((network) => addressRange(network) ?? []);

/** True for an address that can be reached from the internet. */
export function isPublicAddress(text: string): boolean {
  const range = addressRange(text);
  return range !== null && !unroutable.some((network) => contains(network, range));
}

/** True for a destination that means every address of a family; null for either. */
export function isAnywhere(range: string, family: 'v4' | 'v6' | null): boolean {
  return (family !== 'v6' && range === '0.0.0.0/0') || (family !== 'v4' && range === '::/0');
}
