import { ORPCError } from '@orpc/client';
import { fromWireError, toAppError, wireErrorSchema, type AppError } from '#shared/errors/index.ts';

/** How a command answers: `--json` prints one JSON value, else a table or sentences. */
export interface Output {
  readonly json: boolean;
  /** Prints the answer: the value as JSON, or what `text` makes of it. */
  answer<Value>(value: Value, text: (value: Value) => string): void;
  /** A line of progress on standard error; only on a terminal and never with `--json`. */
  progress(line: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    answer: (value, text) => process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text(value)}\n`),
    progress: (line) => {
      if (!json && process.stderr.isTTY) process.stderr.write(`\u001B[2K\r${line}`);
    },
  };
}

/** Rows as aligned columns with a heading; `(none)` for no rows. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return '(none)';
  const cells = [heading, ...rows].map((row) => row.map((cell) => String(cell ?? '')));
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What an engine or the transport threw, as our own error. */
export function errorOf(thrown: unknown): AppError {
  if (thrown instanceof ORPCError) {
    const wire = wireErrorSchema.safeParse(thrown.data);
    if (wire.success) return fromWireError(wire.data);
    const issues = issuesOf(thrown.data);
    if (issues !== null)
      return fromWireError({
        code: 'bad-input',
        message: issues,
        advice: null,
        fault: 'user',
        retryable: false,
        details: {},
      });
  }
  return toAppError(thrown);
}

function issuesOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return null;
  const lines = (data.issues as { message: string; path?: (string | number)[] }[]).map(
    (issue) => `${issue.path?.join('.') ?? 'input'}: ${issue.message}`,
  );
  return lines.join('\n');
}

/** 0 done, 1 a failure it explains, 2 wrong usage or bad input with nothing written. */
export function exitCodeOf(error: AppError): 1 | 2 {
  switch (error.code) {
    case 'bad-input':
    case 'not-found':
    case 'not-a-workspace':
    case 'no-workspace':
    case 'already-exists':
    case 'query-not-read-only':
    case 'query-failed':
      return 2;
    default:
      return 1;
  }
}

/** Prints an error: a JSON object on standard output with `--json`, sentences on standard error otherwise. */
export function printError(error: AppError, json: boolean): void {
  if (json) {
    const { code, message, advice, details } = error;
    process.stdout.write(`${JSON.stringify({ error: { code, message, advice, details } }, null, 2)}\n`);
  } else {
    process.stderr.write(`${error.message}${error.advice === null ? '' : `\n${error.advice}`}\n`);
  }
}
