import type { Json } from './json.ts';

/** Rows with the order of their columns. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Json>>[];
}

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front: names and tags
 * come from the cloud, where anybody may have written them.
 */
export function csvOfRows({ columns, rows }: CsvTable): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return `${lines.map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
}

/** A value of a result as text: texts as they are, everything else as JSON, nothing for null. */
export function cellText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What spreadsheets begin a formula with, the wide forms of East Asian keyboards among them, also behind spaces. */
const formula = /^\s*[=+@\uFF1D\uFF0B\uFF20\uFF0D-]|^[\t\r\n]/;
const plainNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

function quote(text: string): string {
  const harmless = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  // Semicolons and tabs separate where a spreadsheet's language has the comma for decimals.
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
