import type { QueryResult } from '#shared/model/index.ts';

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front: names and tags
 * come from the cloud, where anybody may have written them.
 */
export function csvOfRows({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return `${lines.map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
}

/** A value of a result as text: texts as they are, everything else as JSON, nothing for null. */
export function cellText(value: QueryResult['rows'][number][string] | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function quote(text: string): string {
  const harmless = /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Offers a text as a file to keep. */
export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn; until then the address must live.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
