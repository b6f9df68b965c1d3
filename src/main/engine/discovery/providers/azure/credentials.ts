import type { AccessToken, TokenCredential } from '@azure/identity';
import { jsonSchema } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AzureEndpoint } from './endpoint.ts';
import { signInAdvice } from './errors.ts';
import { isObject } from './json-path.ts';

/** The process's environment and home, where Azure's own tools look for a sign-in. */
export interface AzureHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/**
 * The credentials of a request: a bearer token from the named variable, or else whatever the machine is signed in
 * with (environment, managed identity, `az login`). The library that knows these ways is loaded only for them.
 * Throws `credentials-missing` or `credentials-expired` for a variable without a usable token.
 */
export async function credentialsOf(
  variable: string | undefined,
  options: { readonly host: AzureHost; readonly endpoint: AzureEndpoint; readonly now: () => number },
): Promise<TokenCredential> {
  if (variable !== undefined) return tokenFrom(variable, options);
  const { DefaultAzureCredential } = await import('@azure/identity');
  const { authority } = options.endpoint;
  return new DefaultAzureCredential(authority === null ? {} : { authorityHost: authority });
}

function tokenFrom(
  variable: string,
  { host, now }: { readonly host: AzureHost; readonly now: () => number },
): TokenCredential {
  const token = (host.environment[variable] ?? '').trim().replace(/^Bearer\s+/iu, '');
  const advice = signInAdvice({ tokenVariable: variable });
  if (token === '') {
    throw new AppError('credentials-missing', `The variable ${variable} holds no token.`, {
      advice,
      details: { variable },
    });
  }
  if (/\s/u.test(token)) {
    throw new AppError('credentials-missing', `What the variable ${variable} holds is not a token.`, {
      advice,
      details: { variable },
    });
  }
  const expiresOnTimestamp = expiryOf(token) ?? Number.MAX_SAFE_INTEGER;
  if (expiresOnTimestamp <= now()) {
    throw new AppError(
      'credentials-expired',
      `The token in ${variable} expired ${agoOf(now() - expiresOnTimestamp)}.`,
      {
        advice,
        details: { variable },
      },
    );
  }
  const given: AccessToken = { token, expiresOnTimestamp };
  return { getToken: () => Promise.resolve(given) };
}

function agoOf(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

/** When a token ends, in milliseconds since 1970; null for one that does not say. */
function expiryOf(token: string): number | null {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : null;
}

/** The tenant a token is for; null for one that does not say. */
export function tenantOf(token: string): string | null {
  const { tid } = claimsOf(token);
  return typeof tid === 'string' ? tid : null;
}

/** Who a token is for, as role assignments take it: a sign-in name, an application, or an object of the directory. */
export function principalOf(token: string): string | null {
  const { upn, appid, oid } = claimsOf(token);
  const named = [upn, appid, oid].find((claim) => typeof claim === 'string' && claim !== '');
  return typeof named === 'string' ? named : null;
}

/** The readable middle of a token (RFC 7519, section 3). Nothing of it is trusted; Azure checks the token. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  try {
    const claims = jsonSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return isObject(claims) ? claims : {};
  } catch {
    // A token may be opaque; then its end shows when it is refused.
    return {};
  }
}
