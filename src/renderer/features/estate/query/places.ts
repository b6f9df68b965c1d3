/** Where a line and column (both from 1) stand in a text; its end for places behind it. */
export function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, start + column - 1);
}

/** The line of a place with a mark under it, in fixed width. */
export function excerptOf(
  text: string,
  { line, column, length }: { readonly line: number; readonly column: number; readonly length: number },
): string {
  const shown = (text.split('\n')[line - 1] ?? '').replaceAll('\t', ' ');
  return `${shown}\n${' '.repeat(column - 1)}${'^'.repeat(Math.max(1, length))}`;
}
