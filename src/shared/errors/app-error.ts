import { z } from 'zod';
import { jsonObjectSchema, type JsonObject } from '../base/json.ts';
import { errorCodes, isErrorCode, type ErrorCode, type Fault } from './codes.ts';

/** What an error says beyond its message. */
export interface AppErrorOptions {
  /** What the user can do now, as a short sentence. */
  readonly advice?: string;
  /** Plain data that names the thing and the place: file, line, column, field, scope, address. Never a secret. */
  readonly details?: JsonObject;
  readonly cause?: unknown;
}

/** The one error class that crosses process boundaries; everything else is mapped to `internal` at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly advice: string | null;
  readonly details: JsonObject;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.advice = options.advice ?? null;
    this.details = options.details ?? {};
  }

  get fault(): Fault {
    return errorCodes[this.code].fault;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** The form of an error on the wire: plain data, no stack. */
export const wireErrorSchema = z.object({
  code: z.string().refine(isErrorCode),
  message: z.string(),
  advice: z.string().nullable(),
  fault: z.enum(['user', 'environment', 'bug']),
  retryable: z.boolean(),
  details: jsonObjectSchema,
});

export type WireError = z.infer<typeof wireErrorSchema>;

/** Turns anything thrown into the wire form; what is not an `AppError` becomes `internal` without its stack. */
export function toWireError(thrown: unknown): WireError {
  const error = toAppError(thrown);
  return {
    code: error.code,
    message: error.message,
    advice: error.advice,
    fault: error.fault,
    retryable: error.retryable,
    details: error.details,
  };
}

/** Turns anything thrown into an `AppError`, keeping the original as its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AppError('cancelled', 'The operation was cancelled.', { cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', message, { cause: thrown });
}

/** Rebuilds an `AppError` from its wire form. */
export function fromWireError(wire: WireError): AppError {
  return new AppError(wire.code as ErrorCode, wire.message, {
    details: wire.details,
    ...(wire.advice === null ? {} : { advice: wire.advice }),
  });
}
