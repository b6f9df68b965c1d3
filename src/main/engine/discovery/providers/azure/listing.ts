import type { Json } from '#shared/base/json.ts';
import { InvalidAnswerError } from './azure-error.ts';
import { failureKind } from './errors.ts';
import { textAt } from './json-path.ts';
import type { AzureSession, GraphAnswer, GraphQuestion } from './session.ts';

/** As many rows as Resource Graph gives at once. */
const mostRows = 1000;

export interface ListedPage extends Pick<GraphAnswer, 'rows' | 'limitHit'> {
  /** There are more rows, and no way to them. */
  readonly truncated: boolean;
}

/**
 * Every page of a question whose rows are ordered by id. Pages are counted from the beginning, so a row that goes
 * away meanwhile would shift the following ones over the edge: when the number of rows changes, the next page is
 * asked for again from before the edge, and rows come twice rather than not at all. A page that is too large to be
 * sent is asked for in halves. Throws when the same token comes again.
 */
export async function* pagesOf(
  session: AzureSession,
  question: Omit<GraphQuestion, 'top' | 'skip' | 'skipToken'>,
  signal: AbortSignal,
): AsyncGenerator<ListedPage> {
  const seen = new Set<string>();
  let top = mostRows;
  let next: Pick<GraphQuestion, 'skip' | 'skipToken'> = {};
  let at = { offset: 0, total: null as number | null, last: null as string | null };
  let back = 0;
  let yielded = 0;

  async function askSmaller(): Promise<GraphAnswer> {
    for (;;) {
      try {
        return await session.ask({ ...question, ...next, top }, signal);
      } catch (error) {
        if (failureKind(error) !== 'too-large' || top === 1) throw error;
        top = Math.ceil(top / 2);
      }
    }
  }

  for (;;) {
    const answer = await askSmaller();
    const { rows, limitHit, skipToken, total } = answer;
    const start = next.skip ?? at.offset;
    // A page from before the edge proves that nothing was lost by beginning at or before the last row known.
    const lost = next.skip === undefined ? at.total !== null && total !== at.total : !reaches(rows, at.last);
    if (lost && start > 0) {
      back = next.skip === undefined ? Math.abs(total - (at.total ?? total)) + 1 : back * 2;
      next = { skip: Math.max(0, at.offset - back) };
      seen.clear();
      continue;
    }
    at = { offset: start + rows.length, total, last: idOf(rows.at(-1)) ?? at.last };
    yielded += rows.length;
    yield { rows, limitHit, truncated: answer.truncated || (skipToken === null && at.offset < total) };
    if (skipToken === null) return;
    if (seen.has(skipToken)) throw new InvalidAnswerError('It hands out a page that was there before.');
    if (yielded > 3 * total + 10 * mostRows) throw new InvalidAnswerError('It hands out more rows than it counts.');
    seen.add(skipToken);
    next = { skipToken };
  }
}

/** True when a page begins at or before the last row of the page before it, in whichever way ids are ordered. */
function reaches(rows: readonly Json[], last: string | null): boolean {
  const first = idOf(rows[0]);
  return last === null || first === null || (first <= last && first.toLowerCase() <= last.toLowerCase());
}

function idOf(row: Json | undefined): string | null {
  return row === undefined ? null : (textAt(row, 'id') ?? null);
}
