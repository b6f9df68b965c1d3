import type { JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import { placeOfFailure } from '../queries/failure-place.ts';

/** Words the database uses when the file under it cannot be right. */
const damageSigns = /corrupt|checksum|storage exception|io exception|not a valid|unreachable|deserializ/i;

/** True when a failure may come from a damaged file rather than from the statement. */
export function looksDamaged(error: unknown): boolean {
  return error instanceof Error && damageSigns.test(error.message);
}

/** What the database says of a statement, with the place in it where that can be told. */
function describeFailure(
  message: string,
  statement: string,
): { readonly message: string; readonly details: JsonObject } {
  const place = placeOfFailure(message, statement);
  if (place === null) return { message, details: {} };
  const { line, column, word } = place;
  const where = `(line ${line}, column ${column})`;
  // The parser names rules of its grammar, which help nobody.
  const isGrammar = message.startsWith('Parser exception');
  const what = isGrammar
    ? `The query cannot be understood at ${word === '' ? 'its end' : `“${word}”`}`
    : message.replace(/^\w+ exception: /, '').replace(/\.$/, '');
  return { message: `${what} ${where}.`, details: { line, column, word, database: message } };
}

/** A failure of a statement, as one of our errors: what is wrong, and where. */
export function toQueryError(error: unknown, statement: string, timeoutMs: number): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/^interrupted/i.test(message)) {
    return new AppError('timed-out', `The query took longer than ${timeoutMs / 1000} s and was stopped.`, {
      advice: 'Narrow it down by an id, a kind or a LIMIT, or allow more time.',
      cause: error,
    });
  }
  if (/read-only database/i.test(message)) {
    return new AppError('query-not-read-only', 'The query would change the graph; only reading is possible.', {
      advice: 'The graph is built from what discovery saw; use MATCH and RETURN.',
      cause: error,
    });
  }
  if (/buffer manager exception/i.test(message)) {
    return new AppError('query-failed', 'The query needs more memory than a query may use.', {
      advice: 'Join the parts of the pattern, count instead of listing, or add a LIMIT.',
      cause: error,
    });
  }
  const described = describeFailure(message, statement);
  return new AppError('query-failed', described.message, {
    details: described.details,
    advice:
      "Correct the query. `CALL show_tables() RETURN *` lists the tables, `CALL table_info('Resource') RETURN *` the columns of one.",
    cause: error,
  });
}

const diskCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

/** A failure to build: what the disk refused is said as such, everything else stays what it is. */
export function toBuildError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code !== 'string' || !diskCodes.has(code)) return error;
  const why = error instanceof Error ? error.message : code;
  return new AppError('read-only', `The graph cannot be written to ${folder}: ${why}.`, {
    advice: 'Free some space or make the folder writable; the facts are kept and the graph is built from them.',
    details: { path: folder },
    cause: error,
  });
}
