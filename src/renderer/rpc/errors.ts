import { ORPCError } from '@orpc/client';
import { AppError, toWireError, wireErrorSchema, type WireError } from '#shared/errors/index.ts';

/** Anything thrown by a call, a stream or our own code, in the one form that the screens show. */
export function errorOf(thrown: unknown): WireError {
  if (thrown instanceof ORPCError) {
    const declared = wireErrorSchema.safeParse(thrown.data);
    if (declared.success) return declared.data;
    if (thrown.code === 'BAD_REQUEST') return toWireError(badInput(thrown));
    return toWireError(new AppError('internal', `The engine answered ${thrown.code}: ${thrown.message}`));
  }
  if (thrown instanceof AppError) return toWireError(thrown);
  if (thrown instanceof Error && isLostConnection(thrown)) {
    return toWireError(
      new AppError('engine-gone', 'The engine went away before it answered.', {
        advice: 'It is being started again; try once more when the notice at the top is gone.',
        cause: thrown,
      }),
    );
  }
  return toWireError(thrown);
}

/** True when the error only says that somebody stopped waiting. */
export function isCancelled(thrown: unknown): boolean {
  return errorOf(thrown).code === 'cancelled';
}

function isLostConnection(error: Error): boolean {
  return /websocket is not open|peer (was )?closed|connection (was )?closed|port (was )?closed/i.test(error.message);
}

interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

function badInput(error: ORPCError<string, unknown>): AppError {
  const data = error.data as { issues?: readonly ValidationIssue[] } | undefined;
  const issues = data?.issues ?? [];
  const text = issues.map((issue) => `${(issue.path ?? []).join('.') || 'input'}: ${issue.message}`).join(' ');
  return new AppError('bad-input', text === '' ? error.message : text, {
    advice: 'Correct the value and try again.',
    details: { fields: issues.map((issue) => (issue.path ?? []).join('.')) },
  });
}
