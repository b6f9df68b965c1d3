import { AppError } from '#shared/errors/index.ts';

/** A Resource Manager, and who signs in to it. */
export interface AzureEndpoint {
  /** Without a trailing slash. */
  readonly url: string;
  /** What tokens have to be made out for. */
  readonly audience: string;
  /** Where the directory answers; null for the usual one. */
  readonly authority: string | null;
  /** For messages. */
  readonly name: string;
  /** Plain HTTP, which only this machine itself may speak. */
  readonly insecure: boolean;
}

const publicUrl = 'https://management.azure.com';

/** Azure's clouds by the host of their Resource Manager. */
const authorities: Readonly<Record<string, string | null>> = {
  'management.azure.com': null,
  'management.chinacloudapi.cn': 'https://login.chinacloudapi.cn',
  'management.usgovcloudapi.net': 'https://login.microsoftonline.us',
};

/** The endpoint of a request. Throws `bad-input` for an address to which a token may not be sent. */
export function endpointOf(address: string | undefined): AzureEndpoint {
  if (address === undefined) {
    return { url: publicUrl, audience: audienceOf(publicUrl), authority: null, name: 'Azure', insecure: false };
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new AppError('bad-input', `${address}: not an address of a Resource Manager.`, {
      advice: 'Give an address such as https://management.usgovcloudapi.net.',
      details: { endpoint: address },
    });
  }
  const insecure = url.protocol === 'http:';
  if (insecure && !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) {
    throw new AppError('bad-input', `${address}: a token would be sent there unencrypted.`, {
      advice: 'Use https; plain http is for addresses of this machine only.',
      details: { endpoint: address },
    });
  }
  const authority = authorities[url.hostname];
  return {
    url: url.href.replace(/\/+$/u, ''),
    // An endpoint on this machine stands in for the public cloud.
    audience: audienceOf(insecure ? publicUrl : url.origin),
    authority: authority ?? null,
    name: url.origin === publicUrl ? 'Azure' : url.origin,
    insecure,
  };
}

function audienceOf(url: string): string {
  return `${url}/.default`;
}
