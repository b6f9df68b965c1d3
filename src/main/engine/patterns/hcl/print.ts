/** A value in generated code: finished text, or a structure that may take several lines. */
export type HclValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly HclValue[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, HclValue])[] }
  /** A call whose last argument may take several lines: `merge(local.tags, { … })`. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly HclValue[] };

/** What stands inside a block, in order. */
export type HclItem =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: HclValue; readonly comment?: string }
  /** An empty line. */
  | { readonly kind: 'gap' }
  | {
      readonly kind: 'block';
      readonly type: string;
      readonly labels: readonly string[];
      readonly items: readonly HclItem[];
    };

/** Longest line that a list or an object may take before it is broken. */
const lineWidth = 100;

/** Text as a quoted string; nothing in it becomes a template. */
export function quoted(value: string): string {
  return `"${escaped(value)}"`;
}

/** Text for the inside of a quoted template. */
export function escaped(value: string): string {
  return (
    value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      // As functions: in a replacement text "$$" would mean one "$".
      .replaceAll('${', () => '$${')
      .replaceAll('%{', () => '%%{')
  );
}

/** A file of top-level blocks, in the layout that the tool's own formatter leaves alone; ends with a newline. */
export function printFile(items: readonly HclItem[]): string {
  return `${items.map((item) => printItems([item], 0).join('\n')).join('\n\n')}\n`;
}

function printItems(items: readonly HclItem[], depth: number): readonly string[] {
  const lines: string[] = [];
  let open: { name: string; text: string }[] = [];
  const indent = '  '.repeat(depth);
  // Neighbouring one-line attributes have their equals signs in one column; anything longer ends such a run.
  const flush = (): void => {
    const width = Math.max(0, ...open.map((attribute) => attribute.name.length));
    lines.push(...open.map(({ name, text }) => `${indent}${name.padEnd(width)} = ${text}`));
    open = [];
  };
  for (const [index, item] of items.entries()) {
    if (item.kind === 'attribute') {
      if (item.comment !== undefined) {
        flush();
        lines.push(`${indent}# ${item.comment}`);
      }
      const value = printValue(item.value, depth, item.name.length + 3);
      if (value.length === 1) open.push({ name: item.name, text: value[0] ?? '' });
      else {
        flush();
        lines.push(`${indent}${item.name} = ${value[0] ?? ''}`, ...value.slice(1));
      }
      continue;
    }
    flush();
    if (item.kind === 'gap') {
      lines.push('');
      continue;
    }
    if (index > 0 && items[index - 1]?.kind !== 'gap') lines.push('');
    const labels = item.labels.map((label) => ` ${quoted(label)}`).join('');
    if (item.items.length === 0) lines.push(`${indent}${item.type}${labels} {}`);
    else lines.push(`${indent}${item.type}${labels} {`, ...printItems(item.items, depth + 1), `${indent}}`);
    const next = items[index + 1];
    if (next?.kind === 'attribute') lines.push('');
  }
  flush();
  return lines;
}

/** The lines of a value; the first carries no indentation, the others all of theirs. */
function printValue(value: HclValue, depth: number, used: number): readonly string[] {
  const flat = oneLine(value);
  if (flat !== null && depth * 2 + used + flat.length <= lineWidth) return [flat];
  const indent = '  '.repeat(depth);
  const inner = '  '.repeat(depth + 1);
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'list':
      return [
        '[',
        ...value.items.flatMap((item) => {
          const lines = printValue(item, depth + 1, 1);
          return [`${inner}${lines[0] ?? ''}`, ...lines.slice(1)].map((line, index, all) =>
            index === all.length - 1 ? `${line},` : line,
          );
        }),
        `${indent}]`,
      ];
    case 'object':
      return ['{', ...printEntries(value.entries, depth + 1), `${indent}}`];
    case 'call': {
      const last = value.arguments.at(-1);
      if (last === undefined) return [`${value.name}()`];
      const before = value.arguments.slice(0, -1).map((argument) => oneLine(argument) ?? '');
      const lines = printValue(last, depth, 0);
      const head = `${value.name}(${[...before, lines[0] ?? ''].join(', ')}`;
      return lines.length === 1 ? [`${head})`] : [head, ...lines.slice(1, -1), `${lines.at(-1) ?? ''})`];
    }
  }
}

function printEntries(entries: readonly (readonly [string, HclValue])[], depth: number): readonly string[] {
  const items = entries.map(([name, value]): HclItem => ({ kind: 'attribute', name: objectKey(name), value }));
  return printItems(items, depth);
}

function objectKey(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? name : quoted(name);
}

/** The value on one line, or null when it should be broken: objects with several entries read better below each other. */
function oneLine(value: HclValue): string | null {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'list': {
      const items = value.items.map(oneLine);
      return items.includes(null) ? null : `[${items.join(', ')}]`;
    }
    case 'object': {
      if (value.entries.length === 0) return '{}';
      const entries = value.entries.map(
        ([name, entry]) => [objectKey(name), entry.kind === 'text' ? entry.text : null] as const,
      );
      const broken =
        entries.length > 2 || (entries.length > 1 && entries.some(([, text]) => text?.startsWith('"') === true));
      if (broken || entries.some(([, text]) => text === null)) return null;
      return `{ ${entries.map(([name, text]) => `${name} = ${text ?? ''}`).join(', ')} }`;
    }
    case 'call': {
      const given = value.arguments.map(oneLine);
      return given.includes(null) ? null : `${value.name}(${given.join(', ')})`;
    }
  }
}
