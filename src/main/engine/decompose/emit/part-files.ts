import { spliced, type Splice } from '#engine/files/index.ts';
import type { RootGraph } from '../graph/root-graph.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { SourceFile } from '../source/root-source.ts';
import { cut, type Stretch } from './cut.ts';
import { cutJson, type JsonCutting } from './cut-json.ts';
import type { FileEdits } from './edits.ts';

/** A file of a part, as text. */
export interface PartFile {
  readonly path: string;
  readonly text: string;
}

/** What is cut out of the source files of a root. */
export interface Cutting {
  /** Addresses of the declarations that are kept. */
  readonly contents: ReadonlySet<string>;
  readonly edits: FileEdits;
  /** Local names of the providers that stay required; null keeps all. */
  readonly providers: ReadonlySet<string> | null;
  /** Takes along files that hold comments alone. */
  readonly comments: boolean;
}

/** The stretches of a block that the kept attributes of one body need, or the whole block when all are kept. */
function cutBody(file: SourceFile, body: ScannedBlock, keep: (name: string) => boolean): readonly Stretch[] | null {
  const { attributes } = body;
  if (attributes.every(({ name }) => keep(name))) return null;
  const open = file.text.indexOf('{', body.start) + 1;
  const firstLine = file.text.indexOf('\n', open);
  const within =
    firstLine === -1 || firstLine >= body.end
      ? { start: open, end: body.end - 1 }
      : { start: firstLine + 1, end: file.text.lastIndexOf('\n', body.end - 1) + 1 };
  const items = attributes.map(({ from, end }) => ({ start: from, end }));
  return [
    { start: body.start, end: within.start },
    ...cut(file.text, { within, items, keep: (item) => keep(attributes[item]?.name ?? '') }),
    { start: within.end, end: body.end },
  ];
}

/** Writes a file from stretches of a source file, with the changes that fall into them. */
function render(text: string, stretches: readonly Stretch[], edits: readonly Splice[]): string {
  return stretches
    .map(({ start, end }) => {
      const inside = edits.filter((edit) => edit.start >= start && edit.end <= end);
      return spliced(
        text.slice(start, end),
        inside.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
      );
    })
    .join('');
}

/** Puts finer stretches where a block stands within coarse ones. */
function refined(stretches: readonly Stretch[], block: Stretch, inside: readonly Stretch[]): readonly Stretch[] {
  return stretches.flatMap((stretch) =>
    block.start >= stretch.start && block.end <= stretch.end
      ? [{ start: stretch.start, end: block.start }, ...inside, { start: block.end, end: stretch.end }]
      : [stretch],
  );
}

/** The blocks of a kept piece with the names of its attributes, for what owns attributes alone. */
function heldBlocks(graph: RootGraph, contents: ReadonlySet<string>): ReadonlyMap<ScannedBlock, ReadonlySet<string>> {
  const held = new Map<ScannedBlock, Set<string>>();
  for (const address of contents) {
    for (const { block, attribute } of graph.declarations.get(address)?.pieces ?? []) {
      const names = held.get(block) ?? new Set<string>();
      if (attribute !== null) names.add(attribute.name);
      held.set(block, names);
    }
  }
  return held;
}

/** Which members of a JSON file stay and go. */
function jsonOffsets(
  file: SourceFile,
  held: ReturnType<typeof heldBlocks>,
  providers: Cutting['providers'],
): Pick<JsonCutting, 'kept' | 'dropped'> {
  const kept = new Set<number>();
  const dropped = new Set<number>();
  for (const block of file.blocks) {
    const names = held.get(block);
    (names === undefined ? dropped : kept).add(block.start);
    if (names === undefined) continue;
    const bodies = block.blocks.filter(({ type }) => type === 'required_providers');
    for (const { start, attributes } of bodies) {
      kept.add(start);
      for (const { name, from } of attributes) if (providers?.has(name) === false) dropped.add(from);
    }
    if (block.type !== 'locals') continue;
    for (const { name, from } of block.attributes) if (!names.has(name)) dropped.add(from);
  }
  return { kept, dropped };
}

/**
 * Cuts declarations out of the source files, into files of the same names: comments, order and formatting are those of
 * the author. Nothing changes but what the edits say, and the lists of required providers, which lose those that are
 * not run with.
 */
export function cutFiles(
  { source, graph }: Pick<RootAnalysis, 'source' | 'graph'>,
  cutting: Cutting,
): readonly PartFile[] {
  const { contents, edits, providers } = cutting;
  const held = heldBlocks(graph, contents);
  return source.files.flatMap((file): readonly PartFile[] => {
    if (file.blocks.length === 0) return cutting.comments ? [{ path: file.path, text: file.text }] : [];
    if (file.path.endsWith('.json')) {
      const text = cutJson(file.text, { ...jsonOffsets(file, held, providers), edits: edits.get(file.path) ?? [] });
      return text === null ? [] : [{ path: file.path, text }];
    }
    let stretches = cut(file.text, {
      within: { start: 0, end: file.text.length },
      items: file.blocks,
      keep: (item) => held.has(file.blocks[item] as ScannedBlock),
    });
    if (stretches.length === 0) return [];
    for (const block of file.blocks) {
      const names = held.get(block);
      if (names === undefined) continue;
      const bodies = block.type === 'terraform' ? block.blocks.filter(({ type }) => type === 'required_providers') : [];
      const inside =
        block.type === 'locals'
          ? [{ body: block, stretches: cutBody(file, block, (name) => names.has(name)) }]
          : bodies.map((body) => ({ body, stretches: cutBody(file, body, (name) => providers?.has(name) ?? true) }));
      for (const one of inside) if (one.stretches !== null) stretches = refined(stretches, one.body, one.stretches);
    }
    const text = render(file.text, stretches, edits.get(file.path) ?? []);
    // A file does not begin with the distance to what was cut away.
    return [{ path: file.path, text: stretches[0]?.start === 0 ? text : text.replace(/^(?:[ \t]*\r?\n)+/, '') }];
  });
}
