/**
 * The value of an operation whose failure is an expected answer (parse, validate, plan).
 * Unexpected failures are thrown as `AppError` instead; one function never does both.
 */
export type Result<Value, Problem> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A successful result. */
export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** A failed result with everything that is wrong, not only the first finding. */
export function failed<Problem>(problems: readonly Problem[]): Result<never, Problem> {
  return { ok: false, problems };
}
