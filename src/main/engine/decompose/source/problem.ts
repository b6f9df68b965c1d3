import type { Problem } from '#shared/model/index.ts';

/** A finding about the user's code: what, where, what to do. An error without a place unless it says otherwise. */
export function problem(finding: Pick<Problem, 'code' | 'message' | 'advice'> & Partial<Problem>): Problem {
  return { severity: 'error', file: null, line: null, column: null, field: null, node: null, ...finding };
}
