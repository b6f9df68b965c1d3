import { once } from 'node:events';
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { cleanText } from '#shared/base/clean-text.ts';
import { AppError, fromWireError, toAppError, wireErrorSchema } from '#shared/errors/index.ts';
import type { Notice, Problem } from '#shared/model/index.ts';
import { endedBy, jsonOfLists, type OpenPart, type PagedLists } from './json-lists.ts';

/**
 * How a command answers: `--json` prints one JSON value, else a table or sentences. These hold names that others chose:
 * nothing in them that a terminal would obey or draw as something else is printed.
 */
export interface Output {
  readonly json: boolean;
  /** Prints the answer: the value as JSON, or what `text` makes of it. */
  answer<Value>(value: Value, text: (value: Value) => string): void;
  /** Prints an object of lists as JSON, page by page: an answer of any length. Ends once all of it is handed over. */
  lists(lists: PagedLists): Promise<void>;
  /** A line of progress on standard error; only on a terminal and never with `--json`. */
  progress(line: string): void;
  /**
   * Says why the command failed, as its last word: `printError` does it, unless a list is half written. That one is
   * closed with the error as a further field, and standard error says it too.
   */
  fail(error: AppError): void;
}

export function createOutput(json: boolean): Output {
  /** What stands open of an object of lists; null before its first piece. */
  let open: OpenPart | null = null;
  let failed = false;
  return {
    json,
    answer(value, text) {
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${cleanText(text(value))}\n`);
    },
    async lists(lists) {
      for await (const piece of jsonOfLists(lists)) {
        // Given up meanwhile, as when the engine has gone: its last word is written already.
        if (failed) return;
        open = piece.open;
        await write(piece.text);
      }
    },
    progress: (line) => {
      if (!json && process.stderr.isTTY) process.stderr.write(`\u001B[2K\r${cleanText(line)}`);
    },
    fail(error) {
      failed = true;
      if (open === null) return printError(error, json);
      if (open !== 'nothing') process.stdout.write(endedBy(shownError(error), open));
      printError(error, false);
    },
  };
}

/** Waits where the reader is slower. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Text that goes into a file as it is; a terminal gets it without what it would obey. */
export function textFor(text: string, { isTTY }: { readonly isTTY?: boolean }): string {
  return isTTY === true ? cleanText(text) : text;
}

/** Rows as aligned columns with a heading, each on a line of its own; `(none)` for no rows. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return '(none)';
  const cells = [heading, ...rows].map((row) => row.map((cell) => cellText(String(cell ?? ''))));
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

/** Cleaned before it is measured; a name with a line's end in it makes no row of its own. */
function cellText(text: string): string {
  return cleanText(text.replaceAll(/[\t\r\n]+/g, ' '));
}

/** What an engine or the transport threw, as our own error. */
export function errorOf(thrown: unknown): AppError {
  if (!(thrown instanceof ORPCError)) return toAppError(thrown);
  const wire = wireErrorSchema.safeParse(thrown.data);
  return wire.success ? fromWireError(wire.data) : (refusedInput(thrown.data) ?? toAppError(thrown));
}

const refusalSchema = z.object({
  issues: z
    .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).default([]) }))
    .min(1),
});

/** What the contract refused, field by field. */
function refusedInput(data: unknown): AppError | null {
  const refusal = refusalSchema.safeParse(data);
  if (!refusal.success) return null;
  const { issues } = refusal.data;
  const fields = issues.map((issue) => issue.path.join('.') || 'input');
  return new AppError('bad-input', issues.map(({ message }, index) => `${fields[index]}: ${message}`).join('\n'), {
    details: { fields },
  });
}

/** Wrong usage as Commander words it. */
export function usageError(message: string): AppError {
  // Naming no verb at all is answered by Commander with its help, which has no message.
  const asked = message === '(outputHelp)' ? 'A verb is missing.' : message.replace(/^error: /, '');
  return new AppError('bad-input', asked, { advice: 'See groundplan --help, or --help after a verb.' });
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

/** An error as `--json` tells it. */
function shownError({ code, message, advice, details }: AppError): object {
  return { code, message, advice, details };
}

/** Prints an error: a JSON object on standard output with `--json`, sentences on standard error otherwise. */
export function printError(error: AppError, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: shownError(error) }, null, 2)}\n`);
    return;
  }
  const { message, advice, details } = error;
  const { problems } = details;
  // One problem stands in the message; of several it names the first.
  const all =
    Array.isArray(problems) && problems.length > 1
      ? problems.map((problem) => `  ${typeof problem === 'string' ? problem : JSON.stringify(problem)}`)
      : [];
  process.stderr.write(`${cleanText([message, ...all, ...(advice === null ? [] : [advice])].join('\n'))}\n`);
}

/** Tells what an engine noticed while it worked, such as a graph that was damaged and built again. */
export function printNotices(notices: readonly Notice[]): void {
  for (const { title, detail } of notices) process.stderr.write(cleanText(`${title}.\n${detail}\n`));
}

/** `file:line:column: severity: message advice`, as compilers print it, so that editors find the place. */
export function problemLine({ file, line, column, field, severity, message, advice }: Problem): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const where = [place, field].filter((part) => part !== null && part !== '').join(' ');
  const sentence = advice === null || /[.!?:]$/.test(message) ? message : `${message}.`;
  return [...(where === '' ? [] : [`${where}:`]), `${severity}:`, sentence, ...(advice === null ? [] : [advice])].join(
    ' ',
  );
}

/** `1 place`, `2,000 places`. */
export function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString('en')} ${noun}s`;
}
