/**
 * The closed list of error codes with whose fault each is and whether trying again may help.
 * `user`: the input is wrong; `environment`: something outside (network, tool, disk); `bug`: ours.
 */
export const errorCodes = {
  'bad-input': { fault: 'user', retryable: false },
  'not-found': { fault: 'user', retryable: false },
  'already-exists': { fault: 'user', retryable: false },
  conflict: { fault: 'user', retryable: false },
  'no-workspace': { fault: 'user', retryable: false },
  'not-a-workspace': { fault: 'user', retryable: false },
  'workspace-locked': { fault: 'environment', retryable: true },
  'workspace-newer': { fault: 'user', retryable: false },
  'read-only': { fault: 'environment', retryable: false },
  forbidden: { fault: 'user', retryable: false },
  unauthenticated: { fault: 'user', retryable: false },
  'query-not-read-only': { fault: 'user', retryable: false },
  'query-failed': { fault: 'user', retryable: false },
  'timed-out': { fault: 'environment', retryable: true },
  cancelled: { fault: 'user', retryable: true },
  'credentials-missing': { fault: 'user', retryable: false },
  'credentials-expired': { fault: 'user', retryable: true },
  'access-denied': { fault: 'environment', retryable: false },
  'endpoint-unreachable': { fault: 'environment', retryable: true },
  'endpoint-invalid-answer': { fault: 'environment', retryable: true },
  'tool-missing': { fault: 'environment', retryable: false },
  'tool-too-old': { fault: 'environment', retryable: false },
  'tool-failed': { fault: 'environment', retryable: false },
  'plan-failed': { fault: 'user', retryable: false },
  'digest-mismatch': { fault: 'environment', retryable: false },
  'approval-used': { fault: 'user', retryable: false },
  'approval-expired': { fault: 'user', retryable: true },
  'approval-mismatch': { fault: 'user', retryable: false },
  'state-moved': { fault: 'environment', retryable: true },
  'graph-damaged': { fault: 'environment', retryable: true },
  'journal-damaged': { fault: 'environment', retryable: false },
  'port-in-use': { fault: 'environment', retryable: false },
  'no-secret-store': { fault: 'environment', retryable: false },
  'engine-gone': { fault: 'environment', retryable: true },
  internal: { fault: 'bug', retryable: false },
} as const satisfies Record<string, { fault: 'user' | 'environment' | 'bug'; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

export type Fault = 'user' | 'environment' | 'bug';

/** Tells whether a string is one of the closed codes. */
export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCodes, value);
}
