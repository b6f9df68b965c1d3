/** A call to AWS that failed, with the permission it needed: the SDK's own errors do not name it. */
export class AwsCallError extends Error {
  /** IAM action, for example `ec2:DescribeVpcs`. */
  readonly permission: string;

  constructor(permission: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'AwsCallError';
    this.permission = permission;
  }

  /** The error code of AWS or Node, for example `AccessDenied` or `ECONNREFUSED`; empty when there is none. */
  get code(): string {
    return codeOf(this.cause);
  }
}

/** The endpoint answered, but not in AWS's words: a captive portal, a proxy's page, another server. */
export class InvalidAnswerError extends Error {
  override name = 'InvalidAnswerError';
}

/** AWS has no such service in the region. */
export class NotOfferedError extends Error {
  override name = 'NotOfferedError';
}

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly message?: unknown;
  readonly hostname?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown; readonly clockSkewCorrected?: unknown };
  readonly $response?: { readonly statusCode?: unknown; readonly headers?: Readonly<Record<string, unknown>> };
  readonly $retryable?: { readonly throttling?: unknown };
}

function asErrorLike(thrown: unknown): ErrorLike {
  return typeof thrown === 'object' && thrown !== null ? thrown : {};
}

/** The code of anything an SDK call throws: AWS's own, else Node's, else the class's name. */
export function codeOf(thrown: unknown): string {
  const { Code, code, name } = asErrorLike(thrown);
  for (const candidate of [Code, code, name]) {
    if (typeof candidate === 'string' && candidate !== '' && candidate !== 'Error') return candidate;
  }
  return '';
}

/** The host whose name could not be resolved; empty for every other error. */
export function hostOf(thrown: unknown): string {
  const { hostname } = asErrorLike(thrown);
  return typeof hostname === 'string' ? hostname : '';
}

/** The HTTP status of an answer that was an error, or null. */
export function statusOf(thrown: unknown): number | null {
  const error = asErrorLike(thrown);
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
  return typeof status === 'number' ? status : null;
}

/** True when the service itself says that it was asked too often. */
export function saysThrottled(thrown: unknown): boolean {
  return asErrorLike(thrown).$retryable?.throttling === true;
}

/** The connection ended without an answer: usual for a kept one that the other side had given up. */
export function isConnectionLost(thrown: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(thrown));
}

/** The answer told that our clock is wrong, and the SDK signs by the service's clock from now on. */
export function wasClockCorrected(thrown: unknown): boolean {
  return asErrorLike(thrown).$metadata?.clockSkewCorrected === true;
}

/** How long the service asks to wait, from its `Retry-After` header in seconds or as a date; null when it does not. */
export function retryAfterMilliseconds(thrown: unknown, now: () => number = Date.now): number | null {
  const asked = asErrorLike(thrown).$response?.headers?.['retry-after'];
  if (typeof asked !== 'string' || asked.trim() === '') return null;
  const seconds = Number(asked);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(asked) - now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}
