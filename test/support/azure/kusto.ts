import type { Json, JsonObject } from '#shared/base/json.ts';

/** A row of a table; columns are looked up without regard to case of values only where the operator says so. */
export type Row = JsonObject;

/** The question is in a part of Kusto that this fake does not know. */
export class UnknownQueryError extends Error {}

/** What a query says: a table, which of its rows, and what is made of them. */
export interface ParsedQuery {
  readonly table: string;
  readonly run: (rows: readonly Row[]) => readonly Row[];
}

type Condition = (row: Row) => boolean;

/**
 * Reads the small part of Kusto that the product's questions are written in: `where` with `=~`, `in~`, `!in~`,
 * `startswith`, `!startswith`, `isempty()` and `or`; `summarize NAME = count() by COLUMN`; `order by COLUMN asc`.
 * Throws `UnknownQueryError` for everything else, so that no question is ever answered wrongly.
 */
export function parseQuery(text: string): ParsedQuery {
  const [table = '', ...steps] = text.split('\n| ').map((step) => step.trim());
  if (!/^[a-z]+$/u.test(table)) throw new UnknownQueryError(`No table: ${table}`);
  const parsed = steps.map(stepOf);
  return { table, run: (rows) => parsed.reduce((left, step) => step(left), rows) };
}

function stepOf(step: string): (rows: readonly Row[]) => readonly Row[] {
  const where = /^where (.+)$/su.exec(step);
  if (where !== null) {
    const conditions = splitOutside(where[1] ?? '', ' or ').map(conditionOf);
    return (rows) => rows.filter((row) => conditions.some((condition) => condition(row)));
  }
  const summarize = /^summarize (\w+) = count\(\) by (\w+)$/u.exec(step);
  if (summarize !== null) {
    const [, name = '', column = ''] = summarize;
    return (rows) => {
      const counts = new Map<Json, number>();
      for (const row of rows) counts.set(row[column] ?? null, (counts.get(row[column] ?? null) ?? 0) + 1);
      return [...counts].map(([value, count]) => ({ [column]: value, [name]: count }));
    };
  }
  const order = /^order by (\w+) asc$/u.exec(step);
  if (order !== null) {
    const column = order[1] ?? '';
    // Rows of the estate stand in the order of their ids already.
    if (column === 'id') return (rows) => rows;
    return (rows) => rows.toSorted((a, b) => (textOf(a, column) < textOf(b, column) ? -1 : 1));
  }
  throw new UnknownQueryError(`Unknown step: ${step}`);
}

/** Splits a text where the separator stands outside quotes and brackets. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let quoted = false;
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "'") quoted = !quoted;
    else if (!quoted && sign === '(') depth += 1;
    else if (!quoted && sign === ')') depth -= 1;
    else if (!quoted && depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
    }
  }
  return [...parts, text.slice(start)];
}

function conditionOf(text: string): Condition {
  const list = /^(\w+) (!?)in~ \((.*)\)$/su.exec(text);
  if (list !== null) {
    const [, column = '', not = '', values = ''] = list;
    const wanted = new Set(splitOutside(values, ', ').map((value) => unquoted(value).toLowerCase()));
    return (row) => wanted.has(textOf(row, column).toLowerCase()) === (not === '');
  }
  const compared = /^(\w+) (=~|startswith|!startswith) ('.*')$/su.exec(text);
  if (compared !== null) {
    const [, column = '', operator, value = ''] = compared;
    const wanted = unquoted(value).toLowerCase();
    if (operator === '=~') return (row) => textOf(row, column).toLowerCase() === wanted;
    return (row) => textOf(row, column).toLowerCase().startsWith(wanted) === (operator === 'startswith');
  }
  const empty = /^isempty\((\w+)\)$/u.exec(text);
  if (empty !== null) return (row) => textOf(row, empty[1] ?? '') === '';
  throw new UnknownQueryError(`Unknown condition: ${text}`);
}

function unquoted(text: string): string {
  const found = /^'(.*)'$/su.exec(text.trim());
  if (found === null) throw new UnknownQueryError(`Not a text: ${text}`);
  return (found[1] ?? '').replaceAll("\\'", "'").replaceAll('\\\\', '\\');
}

/** A column's text; empty for one that holds none. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
