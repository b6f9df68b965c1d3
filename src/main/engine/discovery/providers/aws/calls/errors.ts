import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import type { CellFailure } from '../../../step.ts';
import { refusingPolicy } from './refusing-policy.ts';
import { AwsCallError, codeOf, InvalidAnswerError, saysThrottled, statusOf } from './aws-error.ts';

/** What kind of failure an AWS call ended with, whatever service and protocol it was. */
export type AwsFailureKind =
  | 'denied'
  | 'expired'
  | 'credentials-rejected'
  | 'credentials-missing'
  | 'disabled'
  | 'not-offered'
  | 'throttled'
  | 'timed-out'
  | 'unreachable'
  | 'invalid-answer'
  | 'failed';

// Codes differ by service and protocol; these are the ones the API references of the used services name.
const codesOf: Record<Exclude<AwsFailureKind, 'failed'>, readonly string[]> = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'AuthorizationError',
    'AuthorizationErrorException',
    'UnauthorizedOperation',
    'UnauthorizedAccess',
    'NotAuthorized',
    'KMSAccessDeniedException',
  ],
  expired: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'],
  'credentials-rejected': [
    'AuthFailure',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidToken',
    'UnrecognizedClientException',
    'SignatureDoesNotMatch',
    'MissingAuthenticationToken',
    'IncompleteSignature',
  ],
  'credentials-missing': ['CredentialsProviderError', 'TokenProviderError'],
  disabled: ['OptInRequired', 'SubscriptionRequiredException', 'RegionDisabledException'],
  'not-offered': ['NotOfferedError'],
  throttled: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'BandwidthLimitExceeded',
    'LimitExceededException',
    'PriorRequestNotComplete',
    'EC2ThrottledException',
    'ProvisionedThroughputExceededException',
    'SlowDown',
  ],
  'timed-out': ['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'],
  unreachable: ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  'invalid-answer': ['SyntaxError', 'InvalidAnswerError', 'ERR_INVALID_URL'],
};

const kindByCode = new Map<string, AwsFailureKind>(
  Object.entries(codesOf).flatMap(([kind, codes]) => codes.map((code) => [code, kind as AwsFailureKind] as const)),
);

/** Sorts anything an AWS call throws. */
export function failureKind(thrown: unknown): AwsFailureKind {
  const cause = thrown instanceof AwsCallError ? thrown.cause : thrown;
  if (cause instanceof InvalidAnswerError) return 'invalid-answer';
  // A gateway in between may say so with a page that the SDK cannot read.
  if (saysThrottled(cause) || statusOf(cause) === 429) return 'throttled';
  const known = kindByCode.get(codeOf(cause));
  // The SDK has one class for all that goes wrong with a profile; only its words tell a session that ended.
  if (known === 'credentials-missing' && cause instanceof Error && /expired/iu.test(cause.message)) return 'expired';
  if (known !== undefined) return known;
  const status = statusOf(cause);
  if (status === 401 || status === 403) return 'denied';
  // The SDK could not read the answer (it then names no AWS code), or a gateway in between made it.
  if (cause instanceof Error && /deserialization error|parse error/iu.test(cause.message)) return 'invalid-answer';
  if (status !== null && status >= 500 && (codeOf(cause) === '' || codeOf(cause) === 'Unknown'))
    return 'invalid-answer';
  return 'failed';
}

/** Where a call was made, for messages. */
export interface CallPlace {
  /** The account as the user knows it: its name and number. */
  readonly account: string;
  readonly region: string;
  /** What answered, for messages about the network: an endpoint's URL or AWS itself. */
  readonly endpoint: string;
}

/** Puts a failed call into the ledger's words: what, where, and the way out. */
export function classifyAwsError(thrown: unknown, place: CallPlace): CellFailure {
  const asked = thrown instanceof AwsCallError ? thrown.permission : null;
  const kind = failureKind(thrown);
  const what = `${asked ?? 'AWS'} in ${place.account}, ${place.region}`;
  const failure = (
    status: CellFailure['status'],
    message: string,
    rest: Partial<Pick<CellFailure, 'permission' | 'unreachable' | 'remedy'>> = {},
  ): CellFailure => ({ status, message: `${what}: ${message}`, permission: null, unreachable: false, ...rest });

  switch (kind) {
    case 'denied': {
      const permission = permissionIn(thrown) ?? asked;
      const refusing = permission === null ? null : refusingPolicy(thrown instanceof Error ? thrown.message : '');
      if (refusing !== null) {
        const name = `${articled(refusing.by)}${refusing.policy === null ? '' : ` (${refusing.policy})`}`;
        const remedy = { do: 'lift', ...refusing, to: null } as const;
        return failure('denied', `access denied by ${name}. Allow ${permission} there.`, { permission, remedy });
      }
      const advice = permission === null ? 'Ask for the permission.' : `Allow ${permission}.`;
      return failure('denied', `access denied. ${advice}`, { permission });
    }
    case 'expired':
      return failure('denied', 'the credentials have expired. Sign in again and run discovery once more.');
    case 'credentials-rejected':
      return failure('denied', `the credentials are not accepted (${codeIn(thrown)}). Check the profile or its keys.`);
    case 'credentials-missing':
      return failure('denied', `no usable credentials (${messageIn(thrown)}). Check the profile or sign in.`);
    case 'disabled':
      return failure('disabled', 'this service or region is not enabled for the account.');
    case 'not-offered':
      return failure('disabled', 'AWS does not offer this service here.');
    case 'throttled':
      return failure('throttled', 'AWS kept refusing because of too many requests. Run discovery again later.');
    case 'timed-out':
      return failure('timed-out', `${place.endpoint} did not answer in time. Check the network and try again.`, {
        unreachable: true,
      });
    case 'unreachable':
      return failure(
        'failed',
        `${place.endpoint} cannot be reached (${codeIn(thrown)}). Check the address and network.`,
        {
          unreachable: true,
        },
      );
    case 'invalid-answer':
      return failure(
        'failed',
        `${place.endpoint} answered something that is not AWS. Check the address and any proxy.`,
      );
    case 'failed':
      return failure('failed', `${codeIn(thrown) || 'error'}: ${messageIn(thrown)}`);
  }
}

const appErrorCodes: Record<AwsFailureKind, ErrorCode> = {
  denied: 'access-denied',
  expired: 'credentials-expired',
  'credentials-rejected': 'access-denied',
  'credentials-missing': 'credentials-missing',
  disabled: 'access-denied',
  'not-offered': 'endpoint-unreachable',
  throttled: 'timed-out',
  'timed-out': 'endpoint-unreachable',
  unreachable: 'endpoint-unreachable',
  'invalid-answer': 'endpoint-invalid-answer',
  failed: 'endpoint-invalid-answer',
};

/** The same as an error to throw, where the whole operation cannot go on. */
export function toAwsAppError(thrown: unknown, place: CallPlace): AppError {
  if (thrown instanceof AppError) return thrown;
  const { message, permission } = classifyAwsError(thrown, place);
  return new AppError(appErrorCodes[failureKind(thrown)], message, {
    details: { account: place.account, region: place.region, endpoint: place.endpoint, permission },
    cause: thrown,
  });
}

/** `a service control policy`, `an identity-based policy`. */
export function articled(policy: string): string {
  return `${/^[aeiou]/u.test(policy) ? 'an' : 'a'} ${policy}`;
}

/** AWS names the missing action in most denials: "… is not authorized to perform: ec2:DescribeVpcs …". */
function permissionIn(thrown: unknown): string | null {
  const match = /not authorized to perform:? ?([a-z0-9-]+:[A-Za-z0-9*]+)/u.exec(messageIn(thrown));
  return match?.[1] ?? null;
}

function codeIn(thrown: unknown): string {
  return codeOf(thrown instanceof AwsCallError ? thrown.cause : thrown);
}

function messageIn(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
