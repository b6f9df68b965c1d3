import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import type { CellFailure } from '../../step.ts';
import { AzureCallError, CallTimeoutError, InvalidAnswerError } from './azure-error.ts';

/** What kind of failure a call to Azure ended with. */
export type AzureFailureKind =
  | 'denied'
  | 'expired'
  | 'credentials-rejected'
  | 'credentials-missing'
  | 'throttled'
  | 'too-large'
  | 'timed-out'
  | 'unreachable'
  | 'cut'
  | 'unavailable'
  | 'invalid-answer'
  | 'failed';

const kindByCode: Readonly<Record<string, AzureFailureKind>> = {
  AuthorizationFailed: 'denied',
  AccessDenied: 'denied',
  Forbidden: 'denied',
  LinkedAuthorizationFailed: 'denied',
  NoValidSubscriptionsInQueryRequest: 'denied',
  ExpiredAuthenticationToken: 'expired',
  AuthenticationRequiredError: 'expired',
  InvalidAuthenticationToken: 'credentials-rejected',
  InvalidAuthenticationTokenTenant: 'credentials-rejected',
  InvalidAuthenticationTokenAudience: 'credentials-rejected',
  AuthenticationFailed: 'credentials-rejected',
  CredentialUnavailableError: 'credentials-missing',
  AggregateAuthenticationError: 'credentials-missing',
  AuthenticationError: 'credentials-rejected',
  RateLimiting: 'throttled',
  TooManyRequests: 'throttled',
  ResponsePayloadTooLarge: 'too-large',
  ETIMEDOUT: 'timed-out',
  ESOCKETTIMEDOUT: 'timed-out',
  CallTimeoutError: 'timed-out',
  ECONNREFUSED: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  PARSE_ERROR: 'cut',
  InvalidAnswerError: 'invalid-answer',
  TypeError: 'invalid-answer',
};

/** Sorts anything a call to Azure throws. */
export function failureKind(thrown: unknown): AzureFailureKind {
  if (thrown instanceof InvalidAnswerError) return 'invalid-answer';
  if (thrown instanceof CallTimeoutError) return 'timed-out';
  const error = thrown instanceof AzureCallError ? thrown : new AzureCallError(thrown);
  for (const code of [...error.innerCodes, error.code]) {
    const kind = kindByCode[code];
    // A sign-in that ended is told in words only (AADSTS70043, AADSTS700082: the refresh token has expired).
    if (kind === 'credentials-rejected' && /expired|AADSTS(70043|700082|50173)/iu.test(error.message)) return 'expired';
    if (kind !== undefined) return kind;
  }
  return kindOfStatus(error.status);
}

function kindOfStatus(status: number | null): AzureFailureKind {
  if (status === null) return 'failed';
  if (status === 401) return 'credentials-rejected';
  if (status === 403) return 'denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'failed';
}

/** Where a call was made, for messages. */
export interface CallPlace {
  /** What was asked for, for example `Resources of 214 subscriptions`. */
  readonly what: string;
  /** What answered: `Azure`, or an endpoint's URL. */
  readonly endpoint: string;
  /** The permission that the call needs. */
  readonly permission: string | null;
  /** The variable that holds the token; null when the machine's own sign-in is used. */
  readonly tokenVariable: string | null;
  /** Who asked, where the token says it. */
  readonly principal: string | null;
}

/** Puts a failed call into the ledger's words: what, where, and the way out. */
export function classifyAzureError(thrown: unknown, place: CallPlace): CellFailure {
  const failure = (
    status: CellFailure['status'],
    message: string,
    rest: Partial<Pick<CellFailure, 'permission' | 'unreachable' | 'remedy'>> = {},
  ): CellFailure => ({ status, message: `${place.what}: ${message}`, permission: null, unreachable: false, ...rest });
  const { endpoint, permission } = place;

  switch (failureKind(thrown)) {
    case 'denied':
      return failure('denied', `access denied. ${grantAdvice(permission)}`, {
        permission,
        ...(permission === null ? {} : { remedy: { do: 'grant', to: place.principal } }),
      });
    case 'expired':
      return failure('denied', `the sign-in has expired. ${signInAdvice(place)}`, { unreachable: true });
    case 'credentials-rejected':
      return failure('denied', `the credentials are not accepted (${messageIn(thrown)}). ${signInAdvice(place)}`, {
        unreachable: true,
      });
    case 'credentials-missing':
      return failure('denied', `no sign-in to Azure was found on this machine. ${signInAdvice(place)}`, {
        unreachable: true,
      });
    case 'throttled':
      return failure('throttled', 'Azure kept refusing because of too many requests. Run discovery again later.');
    case 'too-large':
      return failure('failed', 'a single row is larger than Azure sends. It cannot be read through Resource Graph.');
    case 'timed-out':
      return failure('timed-out', `${endpoint} did not answer in time. Check the network and try again.`, {
        unreachable: true,
      });
    case 'unreachable':
      return failure('failed', `${endpoint} cannot be reached (${codeIn(thrown)}). Check the address and network.`, {
        unreachable: true,
      });
    case 'cut':
      return failure('failed', `the answer of ${endpoint} broke off again and again. Check the network and try again.`);
    case 'unavailable':
      return failure('failed', `${endpoint} is out of order (${statusIn(thrown)}). Run discovery again later.`);
    case 'invalid-answer':
      return failure('failed', `${endpoint} answered something that is not Resource Graph. ${messageIn(thrown)}`);
    case 'failed':
      return failure('failed', `${codeIn(thrown) || 'error'}: ${messageIn(thrown)}`);
  }
}

const appErrorCodes: Record<AzureFailureKind, ErrorCode> = {
  denied: 'access-denied',
  expired: 'credentials-expired',
  'credentials-rejected': 'access-denied',
  'credentials-missing': 'credentials-missing',
  throttled: 'timed-out',
  'too-large': 'endpoint-invalid-answer',
  'timed-out': 'endpoint-unreachable',
  unreachable: 'endpoint-unreachable',
  cut: 'endpoint-unreachable',
  unavailable: 'endpoint-unreachable',
  'invalid-answer': 'endpoint-invalid-answer',
  failed: 'endpoint-invalid-answer',
};

/** The same as an error to throw, where the whole operation cannot go on. */
export function toAzureAppError(thrown: unknown, place: CallPlace): AppError {
  if (thrown instanceof AppError) return thrown;
  const { message, permission } = classifyAzureError(thrown, place);
  return new AppError(appErrorCodes[failureKind(thrown)], message, {
    details: { endpoint: place.endpoint, permission, variable: place.tokenVariable },
    cause: thrown,
  });
}

/** What to do when there is no usable sign-in. */
export function signInAdvice({ tokenVariable }: Pick<CallPlace, 'tokenVariable'>): string {
  return tokenVariable === null
    ? 'Run `az login`, or name the variable of a bearer token.'
    : `Put a new token into ${tokenVariable}: az account get-access-token --query accessToken --output tsv.`;
}

function grantAdvice(permission: string | null): string {
  return permission === null ? 'Ask for the role Reader.' : `Allow ${permission}, or give the role Reader.`;
}

function codeIn(thrown: unknown): string {
  return thrown instanceof AzureCallError ? (thrown.innerCodes[0] ?? thrown.code) : '';
}

function statusIn(thrown: unknown): string {
  return thrown instanceof AzureCallError ? String(thrown.status) : '';
}

function messageIn(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
