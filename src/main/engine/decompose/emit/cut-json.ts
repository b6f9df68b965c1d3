import { spliced, type Splice } from '#engine/files/index.ts';
import { readJsonTree, type JsonNode } from '../../artifacts/terraform/json-tree.ts';

export interface JsonCutting {
  /** Offsets where members and list items begin that are kept, whatever is left of them. */
  readonly kept: ReadonlySet<number>;
  /** Offsets where those begin that go. */
  readonly dropped: ReadonlySet<number>;
  readonly edits: readonly Splice[];
}

interface Written {
  readonly text: string;
  /** Nothing that was kept is in it. */
  readonly empty: boolean;
}

/** One entry of an object or list: the white space before it, and what stays of it. */
interface Entry extends Written {
  readonly before: string;
}

/**
 * Cuts a JSON text: members and items go or stay, in the order and layout they have; what holds nothing any more goes
 * too. Comments (`//`) stay with what they stand in. Null when nothing is left.
 */
export function cutJson(text: string, { kept, dropped, edits }: JsonCutting): string | null {
  const changed = (start: number, end: number): string =>
    spliced(
      text.slice(start, end),
      edits
        .filter((edit) => edit.start >= start && edit.end <= end)
        .map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
    );

  const isCut = (node: JsonNode): boolean => {
    if (node.kind === 'object') return node.members.some(({ start, value }) => dropped.has(start) || isCut(value));
    return node.kind === 'array' && node.items.some((item) => dropped.has(item.start) || isCut(item));
  };

  const write = (node: JsonNode): Written => {
    if (node.kind !== 'object' && node.kind !== 'array') return { text: changed(node.start, node.end), empty: false };
    let at = node.start + 1;
    const entries: Entry[] = [];
    const children =
      node.kind === 'object' ? node.members : node.items.map((value) => ({ key: '', start: value.start, value }));
    for (const { key, start, value } of children) {
      const before = /\s*$/.exec(text.slice(at, start))?.[0] ?? '';
      at = value.end;
      if (dropped.has(start)) continue;
      const inside = isCut(value) ? write(value) : { text: changed(value.start, value.end), empty: false };
      const empty = key === '//' || (inside.empty && !kept.has(start));
      if (inside.empty && !kept.has(start)) continue;
      entries.push({ before, text: `${text.slice(start, value.start)}${inside.text}`, empty });
    }
    const behind = /\s*$/.exec(text.slice(at, node.end - 1))?.[0] ?? '';
    const body = entries.map(({ before, text: own }) => `${before}${own}`).join(',');
    const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
    return { text: `${open}${body}${behind}${close}`, empty: entries.every(({ empty }) => empty) };
  };

  const tree = readJsonTree(text);
  if (!isCut(tree)) return changed(0, text.length);
  const written = write(tree);
  return written.empty ? null : `${text.slice(0, tree.start)}${written.text}${text.slice(tree.end)}`;
}
