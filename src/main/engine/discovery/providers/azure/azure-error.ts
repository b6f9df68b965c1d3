import { isObject } from './json-path.ts';
import { jsonSchema, type Json } from '#shared/base/json.ts';

/** The endpoint answered, but not in Resource Graph's words: a captive portal, a proxy's page, another server. */
export class InvalidAnswerError extends Error {
  override name = 'InvalidAnswerError';
}

/** No answer came within the time that one call is given. */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError';
}

/** A call to Azure that failed, read from whatever the client threw. */
export class AzureCallError extends Error {
  override name = 'AzureCallError';
  /** The outer code of Azure's answer, or Node's: `AuthorizationFailed`, `ECONNREFUSED`; empty when there is none. */
  readonly code: string;
  /** The codes inside, which say more: `ResponsePayloadTooLarge`, `NoValidSubscriptionsInQueryRequest`. */
  readonly innerCodes: readonly string[];
  readonly status: number | null;
  /** How long Azure asks to wait, in milliseconds. */
  readonly retryAfter: number | null;

  constructor(thrown: unknown) {
    const error = readError(thrown);
    super(error.message, { cause: thrown });
    this.code = error.code;
    this.innerCodes = error.innerCodes;
    this.status = error.status;
    this.retryAfter = error.retryAfter;
  }

  /** True when one of the codes is the given one. */
  says(code: string): boolean {
    return this.code === code || this.innerCodes.includes(code);
  }
}

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly statusCode?: unknown;
  readonly details?: unknown;
  readonly response?: { readonly headers?: { readonly get?: (name: string) => unknown } };
}

interface ReadError {
  readonly code: string;
  readonly innerCodes: readonly string[];
  readonly status: number | null;
  readonly retryAfter: number | null;
  readonly message: string;
}

function readError(thrown: unknown): ReadError {
  const error: ErrorLike = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const code = typeof error.code === 'string' ? error.code : typeof error.name === 'string' ? error.name : '';
  const retryAfter = error.response?.headers?.get?.('retry-after');
  const inner = innerDetails(error.details);
  // What could not be parsed is in the client's message: it may hold anything, so it goes no further.
  const message = code === 'PARSE_ERROR' ? 'The answer breaks off or is no JSON.' : String(error.message ?? thrown);
  return {
    code,
    innerCodes: inner.map((detail) => detail.code),
    status: typeof error.statusCode === 'number' ? error.statusCode : null,
    retryAfter: readRetryAfter(retryAfter),
    message: inner.find((detail) => detail.message !== '')?.message ?? message,
  };
}

/** `{ error: { code, message, details: [{ code, message }] } }`, the form of Resource Manager's errors. */
function innerDetails(details: unknown): readonly { readonly code: string; readonly message: string }[] {
  const parsed = jsonSchema.safeParse(details);
  const body: Json = parsed.success ? parsed.data : null;
  const error = isObject(body) ? body['error'] : null;
  const list = isObject(error) && Array.isArray(error['details']) ? error['details'] : [];
  return list.filter(isObject).map(({ code, message }) => ({
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  }));
}

function readRetryAfter(value: unknown): number | null {
  if (typeof value !== 'string' || value === '') return null;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}
