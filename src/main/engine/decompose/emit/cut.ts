/**
 * Cuts a text into what some of its items need. Items are blocks of a file or attributes of a block; between them stand
 * only blank lines and comments. A comment right above an item belongs to it; one that stands alone heads what follows
 * until the next such comment, and goes with every part that takes something from there.
 */

/** Offsets of a stretch of text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Layout {
  readonly item: Stretch;
  /** Blank lines and standing comments before the item's own comment. */
  readonly above: Stretch;
  /** The item with its own comment and the rest of its last line. */
  readonly body: Stretch;
  /** Number of the heading comment it stands under; -1 before the first. */
  readonly section: number;
}

const trivia = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Comments in a stretch that holds nothing else but white space. */
function commentsIn(text: string, { start, end }: Stretch): readonly Stretch[] {
  const found: Stretch[] = [];
  trivia.lastIndex = start;
  for (let match = trivia.exec(text); match !== null && match.index < end; match = trivia.exec(text)) {
    found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of an item's end is over, a comment behind it included. */
function lineEnd(text: string, end: number, limit: number): number {
  let at = end;
  for (const comment of commentsIn(text, { start: end, end: limit })) {
    if (text.slice(at, comment.start).includes('\n')) break;
    at = comment.end;
  }
  const next = text.indexOf('\n', at);
  return next === -1 || next >= limit ? limit : next + 1;
}

/** Start of the comment right above an item, or of the item's line when there is none. */
function ownStart(text: string, from: number, item: Stretch): number {
  let at = Math.max(from, lineStart(text, item.start));
  for (const comment of commentsIn(text, { start: from, end: item.start }).toReversed()) {
    if ((text.slice(comment.end, at).match(/\n/g)?.length ?? 0) > 1) break;
    at = Math.max(from, lineStart(text, comment.start));
  }
  return at;
}

function layoutsOf(text: string, within: Stretch, items: readonly Stretch[]): readonly Layout[] {
  const layouts: Layout[] = [];
  let at = within.start;
  let section = -1;
  for (const item of items) {
    const own = ownStart(text, at, item);
    const above = { start: at, end: own };
    if (commentsIn(text, above).length > 0) section = layouts.length;
    at = lineEnd(text, item.end, within.end);
    layouts.push({ item, above, body: { start: own, end: at }, section });
  }
  return layouts;
}

/** The stretches of a text that the kept items need, in their order; none when nothing is kept. */
export function cut(
  text: string,
  {
    within,
    items,
    keep,
  }: { readonly within: Stretch; readonly items: readonly Stretch[]; readonly keep: (item: number) => boolean },
): readonly Stretch[] {
  const layouts = layoutsOf(text, within, items);
  const kept = [...layouts.entries()].filter(([number]) => keep(number));
  const stretches: Stretch[] = [];
  const told = new Set<number>();
  for (const [number, layout] of kept) {
    const heading = layouts[layout.section];
    if (heading !== undefined && !told.has(layout.section)) {
      told.add(layout.section);
      stretches.push(heading.above);
    }
    // The first thing of a part needs no distance to what was cut away before it.
    if (layout.section !== number && (stretches.length > 0 || number === 0)) stretches.push(layout.above);
    stretches.push(layout.body);
  }
  const last = layouts.at(-1);
  const rest = { start: last?.body.end ?? within.start, end: within.end };
  // What stands below the last item belongs to it; blank lines there only separate.
  if (kept.at(-1)?.[0] === layouts.length - 1 && kept.length > 0) stretches.push(rest);
  return stretches.filter(({ start, end }) => end > start);
}
