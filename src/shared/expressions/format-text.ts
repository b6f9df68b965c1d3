import type { Json } from '../base/json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { limits } from './ast.ts';
import { textOf } from './json-text.ts';

const verb = /%(?<flags>[-0]*)(?<width>\d{0,3})(?<verb>.?)/gs;

function formatOne(kind: string, value: Json): Result<string, string> {
  switch (kind) {
    case 's':
    case 'v':
      return textOf(value);
    case 'q':
      return typeof value === 'string' ? ok(JSON.stringify(value)) : failed(['needs a text for %q']);
    case 'd':
      return typeof value === 'number' && Number.isInteger(value)
        ? ok(String(value))
        : failed(['needs a whole number for %d']);
    default:
      return failed(['knows %s, %v, %d, %q and %% only']);
  }
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}

/** Puts values into a pattern with `%s`, `%v`, `%d`, `%q`, `%%` and widths such as `%03d`. */
export function formatText(pattern: Json, values: readonly Json[]): Result<string, string> {
  if (typeof pattern !== 'string') return failed(['needs a text as pattern']);
  const problems: string[] = [];
  let used = 0;
  const text = pattern.replaceAll(verb, (whole: string, ...[flags, width, kind]: [string, string, string]) => {
    if (kind === '%') return '%';
    const value = values[used];
    used += 1;
    if (value === undefined) {
      problems.push('has fewer values than its pattern asks for');
      return whole;
    }
    const formatted = formatOne(kind, value);
    if (formatted.ok) return pad(formatted.value, flags, Number(width));
    problems.push(...formatted.problems);
    return whole;
  });
  if (used < values.length) problems.push('has more values than its pattern asks for');
  if (text.length > limits.result) problems.push('gives too long a text');
  return problems.length > 0 ? failed(problems) : ok(text);
}
