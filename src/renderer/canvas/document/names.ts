const reserved: ReadonlySet<string> = new Set(['inputs', 'target', 'true', 'false', 'null']);

/** Why a text cannot name a node, an input or an output, or null. */
export function nameProblem(name: string, taken: Iterable<string> = []): string | null {
  if (name === '') return 'Give it a name.';
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    return 'Use letters, digits, dashes and underscores, starting with a letter.';
  }
  if (reserved.has(name)) return `“${name}” has a meaning of its own in expressions; choose another name.`;
  for (const other of taken) if (other === name) return `There is already one called “${name}”.`;
  return null;
}

/** The wished name, or the first of `name_2`, `name_3`, … that is free. */
export function freeName(wish: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const base = reserved.has(wish) ? `${wish}_1` : wish;
  if (!names.has(base)) return base;
  const stem = base.replace(/_\d+$/, '');
  for (let number = 2; ; number += 1) {
    const candidate = `${stem}_${number}`;
    if (!names.has(candidate)) return candidate;
  }
}
