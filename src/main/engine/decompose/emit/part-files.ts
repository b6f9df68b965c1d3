import { spliced, type Splice } from '#engine/files/index.ts';
import { impliedProvider } from '../graph/root-graph.ts';
import type { Split } from '../proposal/decide.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { SourceFile } from '../source/root-source.ts';
import { backendEdits, type Backend } from './backend.ts';
import { cut, type Stretch } from './cut.ts';
import { editsFor, type WireText } from './edits.ts';

/** A file of a part, as text. */
export interface PartFile {
  readonly path: string;
  readonly text: string;
}

interface PartOptions {
  readonly wireText: WireText;
  readonly backend: Backend | null;
}

/** Local names of the providers a group runs with; null when a module of it cannot be read, so that all are kept. */
function providersOf(split: Split, group: number): ReadonlySet<string> | null {
  const { graph, modules } = split.analysis;
  const names = new Set<string>();
  for (const address of split.placement.contents[group] ?? []) {
    const declaration = graph.declarations.get(address);
    if (declaration === undefined) continue;
    const named = graph.uses(address).filter(({ role }) => role === 'provider');
    for (const { reference } of named) names.add(reference.root);
    if (declaration.kind === 'provider') names.add(declaration.name);
    if (declaration.kind === 'module') {
      const called = modules.get(address)?.providers ?? null;
      if (called === null) return null;
      for (const name of called) names.add(name);
    }
    const runs = declaration.kind === 'resource' || declaration.kind === 'data' || declaration.kind === 'ephemeral';
    if (runs && named.length === 0) names.add(impliedProvider(declaration.type));
  }
  return names;
}

/** The stretches of a block that the kept attributes of one body need, or the whole block when all are kept. */
function cutBody(file: SourceFile, body: ScannedBlock, keep: (name: string) => boolean): readonly Stretch[] | null {
  const { attributes } = body;
  if (attributes.every(({ name }) => keep(name))) return null;
  const open = file.text.indexOf('{', body.start) + 1;
  const firstLine = file.text.indexOf('\n', open);
  const within = { start: firstLine === -1 ? open : firstLine + 1, end: file.text.lastIndexOf('\n', body.end - 1) + 1 };
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

/**
 * The files of one part: cut from the source files of the same names, so that comments, order and formatting are those
 * of the author. Only references to what other parts own are changed, the key of the state's backend, and the lists of
 * required providers, which lose those the part does not run with.
 */
export function partFiles(split: Split, group: number, options: PartOptions): readonly PartFile[] {
  const { source, graph } = split.analysis;
  const contents = split.placement.contents[group] ?? new Set<string>();
  const part = split.groups[group]?.name ?? '';
  const edits = editsFor(split, group, options.wireText);
  const providers = providersOf(split, group);
  const held = new Map<ScannedBlock, Set<string>>();
  for (const address of contents) {
    for (const { block, attribute } of graph.declarations.get(address)?.pieces ?? []) {
      const names = held.get(block) ?? new Set<string>();
      if (attribute !== null) names.add(attribute.name);
      held.set(block, names);
    }
  }
  return source.files.flatMap((file): readonly PartFile[] => {
    // A file of comments alone goes with the first part.
    if (file.blocks.length === 0) return group === 0 ? [{ path: file.path, text: file.text }] : [];
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
    const own = options.backend?.file === file ? backendEdits(options.backend, part) : [];
    const text = render(file.text, stretches, [...(edits.get(file.path) ?? []), ...own]);
    // A file does not begin with the distance to what was cut away.
    return [{ path: file.path, text: stretches[0]?.start === 0 ? text : text.replace(/^(?:[ \t]*\r?\n)+/, '') }];
  });
}
