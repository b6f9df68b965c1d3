import type { Problem } from '../model/index.ts';

/** What is wrong with a blueprint, as far as a pure check can place it. */
export interface Finding {
  readonly severity?: Problem['severity'];
  readonly code: string;
  readonly message: string;
  readonly advice: string | null;
  readonly field: string;
  readonly node: string | null;
}

/** A finding as a problem without file and line; who knows the text adds them. */
export function toProblem(finding: Finding): Problem {
  const { severity = 'error', code, message, advice, field, node } = finding;
  return { severity, code, message, advice, file: null, line: null, column: null, field, node };
}

const plain = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** A path as people write it: `nodes.database.set.password`, `nodes.a.after[0]`. */
export function fieldText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!plain.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** "did you mean" for names: the one that differs least, when it is near. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (distance <= Math.max(1, Math.floor(name.length / 3)) && (best === null || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate ?? null;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** What to write instead of an unknown name. */
export function adviceFor(name: string, candidates: readonly string[], none: string): string {
  const near = nearest(name, candidates);
  if (near !== null) return `Did you mean ${near}?`;
  return candidates.length === 0 ? none : `There are ${candidates.join(', ')}.`;
}
