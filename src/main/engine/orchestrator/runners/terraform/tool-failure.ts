import { stripVTControlCharacters } from 'node:util';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import type { ChildResult } from '../../../ports/index.ts';
import { diagnosticText, type Diagnostic } from './tool-events.ts';

export interface FailedCommand {
  readonly command:
    'init' | 'plan' | 'apply' | 'show' | 'output' | 'state' | 'providers' | 'validate' | 'workspace' | 'console';
  readonly result: ChildResult;
  readonly diagnostics: readonly Diagnostic[];
  readonly cancelled: boolean;
}

interface Cause {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly advice: string;
}

/** Failures that mean something particular, by the tools' own words; the first that matches. */
const causes: readonly Cause[] = [
  {
    pattern: /Saved plan is stale|plan file can no longer be applied/i,
    code: 'state-moved',
    advice: 'The state changed since this was planned: plan again and approve the new plan.',
  },
  {
    pattern: /Error acquiring the state lock|state blob is already locked/i,
    code: 'conflict',
    advice: 'Somebody else is working on this state. Wait until they are done, then resume.',
  },
  {
    pattern: /ExpiredToken|token (included in the request )?(is|has) expired|credentials? (has|have) expired/i,
    code: 'credentials-expired',
    advice: 'Sign in again, then resume.',
  },
  {
    pattern: /NoCredentialProviders|No valid credential sources? found/i,
    code: 'credentials-missing',
    advice: 'Connect the account on the Start screen.',
  },
];

const networkTrouble =
  /connection (reset|refused|timed out)|i\/o timeout|TLS handshake timeout|no such host|context deadline exceeded|Client\.Timeout|unexpected EOF|temporary failure in name resolution|\b(429|502|503|504)\b (Too Many|Bad Gateway|Service|Gateway)|too many requests/i;

/** Whether a failed `init` may succeed by itself a moment later. Wrong versions or checksums never do. */
export function isNetworkTrouble(failure: FailedCommand): boolean {
  return networkTrouble.test(failureText(failure));
}

/** The error of a failed command, with every diagnostic and its place in the details. */
export function toolFailure(failure: FailedCommand): AppError {
  const { command, result } = failure;
  const details: JsonObject = {
    command,
    exitCode: result.code,
    signal: result.signal,
    diagnostics: failure.diagnostics.map((found) => ({ ...found })),
  };
  if (failure.cancelled) {
    return new AppError('cancelled', `The ${command} was interrupted and ended by itself.`, { details });
  }
  const errors = failure.diagnostics.filter((found) => found.severity === 'error');
  const what = errors.length > 0 ? errors.map(diagnosticText).join('\n') : lastWords(result);
  const text = failureText(failure);
  const cause = causes.find((known) => known.pattern.test(text));
  if (cause !== undefined) return new AppError(cause.code, what, { advice: cause.advice, details });
  if (result.signal !== null) {
    return new AppError('tool-failed', `The ${command} was ended by ${result.signal}.`, { details });
  }
  if (command === 'plan' || command === 'init') {
    return new AppError('plan-failed', what, {
      advice: networkTrouble.test(text)
        ? 'Check the network, then plan again.'
        : 'Correct the artifact or the inputs, then plan again.',
      details,
    });
  }
  return new AppError('tool-failed', what, { details });
}

/** Everything the tool said that may tell why it failed. */
export function failureText({ result, diagnostics }: FailedCommand): string {
  return diagnostics.length > 0
    ? diagnostics.map(diagnosticText).join('\n')
    : `${result.stdout.slice(-20_000)}\n${result.stderr.slice(-20_000)}`;
}

function lastWords(result: ChildResult): string {
  // Some commands colour and frame what they say, whatever they are told.
  const plain = stripVTControlCharacters(result.stderr.trim() || result.stdout.trim()).replaceAll(/^[│╷╵] ?/gm, '');
  const all = plain.trim().slice(-4000);
  // `init` opens with a paragraph that says nothing about the error.
  const text = all.slice(Math.max(0, all.indexOf('Error: ')));
  return text === '' ? `The tool ended with exit code ${result.code ?? 'none'} and said nothing.` : text;
}
