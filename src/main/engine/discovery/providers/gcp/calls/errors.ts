import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import type { CellFailure } from '../../../step.ts';
import { UnreadableAssetError } from '../assets/asset.ts';
import { assetApi } from '../gcp-step.ts';
import { CallTimeoutError, InvalidAnswerError, read, type Told } from './inventory-error.ts';

/** What kind of failure a call ended with, whatever transport it went by. */
export type GcpFailureKind =
  | 'denied'
  | 'api-disabled'
  | 'expired'
  | 'bad-input'
  | 'throttled'
  | 'timed-out'
  | 'unreachable'
  /** The service failed for the moment. */
  | 'unavailable'
  | 'invalid-answer'
  | 'failed';

/** Sorts anything a call throws. */
export function failureKind(thrown: unknown): GcpFailureKind {
  if (thrown instanceof CallTimeoutError) return 'timed-out';
  if (thrown instanceof InvalidAnswerError || thrown instanceof SyntaxError) return 'invalid-answer';
  return kindOf(read(thrown));
}

function kindOf({ status, network, message, reason }: Told): GcpFailureKind {
  // The credentials library tells a session that ended in the words of OAuth.
  if (/invalid_grant|invalid_rapt|reauth/iu.test(message)) return 'expired';
  if (network !== null) return 'unreachable';
  switch (status) {
    case 'UNAUTHENTICATED':
      return 'expired';
    case 'PERMISSION_DENIED':
      return reason === 'SERVICE_DISABLED' || /has not been used in project|is disabled/iu.test(message)
        ? 'api-disabled'
        : 'denied';
    case 'RESOURCE_EXHAUSTED':
      return 'throttled';
    case 'INVALID_ARGUMENT':
    case 'NOT_FOUND':
    case 'OUT_OF_RANGE':
      return 'bad-input';
    case 'DEADLINE_EXCEEDED':
      return 'timed-out';
    case 'UNAVAILABLE':
      return 'unavailable';
    case 'INTERNAL':
      // A message that the client cannot read is told as an error of the server.
      return /parsing error|deserializ/iu.test(message) ? 'invalid-answer' : 'unavailable';
    default:
      // Without a status Google did not answer: what came could not be read.
      return status === null ? 'invalid-answer' : 'failed';
  }
}

/** Where a call was made, for messages. */
export interface CallPlace {
  /** What was asked about: `organizations/6001`. */
  readonly scope: string;
  readonly endpoint: string;
  readonly permission: string;
  /** Who asked, for the way out: a file or a variable. */
  readonly identity: string;
}

/** Puts a failed call into the ledger's words: what, where, and the way out. */
export function classifyGcpError(thrown: unknown, place: CallPlace): CellFailure {
  const failure = (
    status: CellFailure['status'],
    message: string,
    rest: Partial<Pick<CellFailure, 'permission' | 'unreachable' | 'remedy'>> = {},
  ): CellFailure => ({
    status,
    message: `${place.permission} in ${place.scope}: ${message}`,
    permission: null,
    unreachable: false,
    ...rest,
  });
  if (thrown instanceof UnreadableAssetError) {
    return failure('failed', `${thrown.message} Everything else was read, but nothing can be told as gone.`);
  }
  const told = read(thrown);
  switch (failureKind(thrown)) {
    case 'denied': {
      const permission = told.permission ?? place.permission;
      return failure('denied', `access denied. Grant ${permission} in ${place.scope}.`, {
        permission,
        remedy: { do: 'grant', to: null, on: place.scope },
      });
    }
    case 'api-disabled':
      return failure(
        'denied',
        `${assetApi} is not enabled in the project that asks. Run \`gcloud services enable ${assetApi}\` there.`,
        { remedy: { do: 'enable', what: assetApi, ...(told.consumer === null ? {} : { on: told.consumer }) } },
      );
    case 'expired':
      return failure(
        'denied',
        `the credentials are not accepted: ${place.identity} has expired or is not valid. Sign in again.`,
      );
    case 'bad-input':
      return failure('failed', `Google refuses the question: ${sentence(told.message)}`);
    case 'throttled':
      return failure('throttled', 'Google kept refusing because of too many requests. Run discovery again later.');
    case 'timed-out':
      return failure('timed-out', `${place.endpoint} did not answer in time. Check the network and try again.`, {
        unreachable: true,
      });
    case 'unreachable':
      return failure(
        'failed',
        `${place.endpoint} cannot be reached (${told.network}). Check the address and network.`,
        {
          unreachable: true,
        },
      );
    case 'unavailable':
      return failure('failed', `Google kept failing: ${sentence(told.message)} Run discovery again later.`);
    case 'invalid-answer':
      return failure(
        'failed',
        `${place.endpoint} answered something that is not Google's inventory. Check the address and any proxy.`,
      );
    case 'failed':
      return failure('failed', `${told.status}: ${sentence(told.message)}`);
  }
}

/** The first line of somebody else's words, with a full stop. */
function sentence(message: string): string {
  const line = (message.split('\n')[0] ?? '').trim().slice(0, 300);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

const appErrorCodes: Readonly<Record<GcpFailureKind, ErrorCode>> = {
  denied: 'access-denied',
  'api-disabled': 'access-denied',
  expired: 'credentials-expired',
  'bad-input': 'bad-input',
  throttled: 'timed-out',
  'timed-out': 'endpoint-unreachable',
  unreachable: 'endpoint-unreachable',
  unavailable: 'endpoint-unreachable',
  'invalid-answer': 'endpoint-invalid-answer',
  failed: 'endpoint-invalid-answer',
};

/** The same as an error to throw, where nothing at all can be mapped. */
export function toGcpAppError(thrown: unknown, place: CallPlace): AppError {
  if (thrown instanceof AppError) return thrown;
  const { message, permission } = classifyGcpError(thrown, place);
  return new AppError(appErrorCodes[failureKind(thrown)], message, {
    details: { scope: place.scope, endpoint: place.endpoint, permission },
    cause: thrown,
  });
}
