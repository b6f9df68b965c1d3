const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** The value of a string literal; null for bytes and for formatted strings, whose value is known only when they run. */
export function valueOfString(literal: string): string | null {
  const [, prefix = '', quote = ''] = /^([A-Za-z]*)("""|'''|"|')/.exec(literal) ?? [];
  if (quote === '' || /[bfBF]/.test(prefix)) return null;
  const inner = literal.slice(prefix.length + quote.length, literal.length - quote.length);
  if (/r/i.test(prefix)) return inner;
  return inner.replaceAll(
    /\\(\r?\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|.)/g,
    (whole, code: string) => {
      if (/^[xuU]/.test(code) && code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      return escapes[code.replace('\r', '')] ?? whole;
    },
  );
}

/** The value of a number literal; null for one that JSON cannot hold. */
export function valueOfNumber(literal: string): number | null {
  const value = Number(literal.replaceAll('_', '').toLowerCase());
  return Number.isFinite(value) ? value : null;
}

/** A documentation text without its indentation. */
export function unindented(text: string): string {
  const lines = text.trim().split('\n');
  const depths = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length]));
  const depth = depths.length === 0 ? 0 : Math.min(...depths);
  return lines.map((line, index) => (index === 0 ? line.trim() : line.slice(depth).trimEnd())).join('\n');
}
