import { AppError } from '#shared/errors/index.ts';

/** Where the inventory answers. */
export interface GcpEndpoint {
  /** For messages. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  /** False only on this machine: a token never leaves it unencrypted. */
  readonly encrypted: boolean;
}

const usualHost = 'cloudasset.googleapis.com';

/** Google's own address, or another one. Throws `bad-input` for one that a token must not be sent to. */
export function endpointOf(address: string | undefined): GcpEndpoint {
  if (address === undefined) return { label: usualHost, host: usualHost, port: 443, encrypted: true };
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError('bad-input', `${address} is no address of an API.`, {
      advice: 'Give an address such as https://cloudasset.example.org or http://127.0.0.1:8080.',
    });
  }
  const encrypted = url.protocol === 'https:';
  if (!encrypted && !isLoopback(url.hostname)) {
    throw new AppError('bad-input', `A token would be sent to ${url.host} unencrypted.`, {
      advice: 'Use an https address; http is for this machine alone.',
      details: { endpoint: address },
    });
  }
  const port = url.port === '' ? (encrypted ? 443 : 80) : Number(url.port);
  return { label: url.origin, host: url.hostname, port, encrypted };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
