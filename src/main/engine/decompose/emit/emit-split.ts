import type { Boundary, Problem } from '#shared/model/index.ts';
import { isInside, type FolderContent, type FolderFile } from '#engine/files/index.ts';
import { withoutSecretFiles } from '../../artifacts/never-copied.ts';
import { gatherModule } from '../../artifacts/terraform/outside-modules.ts';
import type { Split } from '../proposal/decide.ts';
import { freeName, type Wire } from '../proposal/interface.ts';
import type { ValueType } from '../proposal/value-types.ts';
import { problem } from '../source/problem.ts';
import { assetsOf } from './assets.ts';
import { backendEdits, backendOf, backendValues } from './backend.ts';
import { crossingRewrite, editsFor, mergedEdits, type FileEdits } from './edits.ts';
import { interfaceOf, wireText, type Wiring } from './interface-files.ts';
import { withOutsideAssets } from './outside-assets.ts';
import { cutFiles, type PartFile } from './part-files.ts';
import { providersOfParts } from './part-providers.ts';
import { requiredProviders } from '../source/required-providers.ts';
import { rootAssets } from '../source/root-assets.ts';
import { unwrappable } from './wrap-plan.ts';
import { wrappedPart } from './wrapped-part.ts';

/** One part as it will be written. */
export interface EmittedPart {
  readonly name: string;
  readonly boundary: Boundary;
  /** The configuration of its root, as text. */
  readonly files: readonly PartFile[];
  /** The module that its root calls, when it is wrapped as one; paths are relative to the module's folder. */
  readonly module: { readonly name: string; readonly files: readonly PartFile[] } | null;
  /** Everything that belongs into its folder: configuration, called modules, files it reads. */
  readonly content: FolderContent;
}

export interface Emission {
  readonly parts: readonly EmittedPart[];
  readonly problems: readonly Problem[];
}

export interface EmissionOptions {
  readonly wiring: Wiring;
  /** Makes each part a module that its root calls. */
  readonly wrap: boolean;
  readonly typeOf: (wire: Wire) => ValueType;
  readonly signal: AbortSignal;
}

/** Where parts would keep a state in one place, or not find the states that they are to read. */
function backendProblems(split: Split, wiring: Wiring): readonly Problem[] {
  const backend = backendOf(split.analysis.source.files);
  const isPartial = backend !== null && backendValues(backend, 'part') === null;
  const place = backend === null ? {} : { file: backend.file.path, line: backend.block.line };
  const problems: Problem[] = [];
  const warn = (code: string, message: string, advice: string): void => {
    problems.push(problem({ severity: 'warning', code, message, advice, ...place }));
  };
  if (isPartial) {
    const message = `The ${backend.type} backend does not say in the code where its state lies; all parts have the same block.`;
    warn('partial-backend', message, 'Give each part a key of its own when it is initialised, with -backend-config.');
  }
  const isLocal = backend === null || backend.type === 'local';
  if (wiring === 'remote-state' && (isPartial || isLocal)) {
    const why = isLocal ? 'the root keeps its state on this disk' : 'the code does not say where it lies';
    const message = `Parts do not find one another’s states by what is written: ${why}.`;
    warn('unreadable-states', message, 'Let the blueprint hand values on instead, or complete the root’s backend.');
  }
  return problems;
}

/** The configuration of a part: of its root, and of the module it is wrapped in. */
type PartCode = Pick<EmittedPart, 'files' | 'module'>;

/** Names in a part's folder that a module of its own cannot have. */
function namesIn(files: readonly FolderFile[]): Set<string> {
  // Modules from outside of the root are copied to the folder of this name.
  return new Set(['modules', ...files.map(({ path: file }) => file.split('/')[0] ?? file)]);
}

/** The configuration of every part, cut from the source; nothing is read from disk. */
async function emitConfiguration(
  split: Split,
  options: EmissionOptions,
  taken: ReadonlySet<string>,
): Promise<{ readonly codes: readonly PartCode[]; readonly problems: readonly Problem[] }> {
  const { analysis } = split;
  const backend = backendOf(analysis.source.files);
  const text = wireText(split, options.wiring);
  const required = options.wrap ? await requiredProviders(analysis.source) : [];
  const providers = providersOfParts(split);
  const problems: Problem[] = [];
  const codes = split.groups.map(({ name }, group): PartCode => {
    const keyed: FileEdits = backend === null ? new Map() : new Map([[backend.file.path, backendEdits(backend, name)]]);
    const hindrances = options.wrap ? unwrappable(split, group) : [];
    problems.push(...hindrances);
    if (options.wrap && hindrances.length === 0) {
      return wrappedPart(split, group, {
        ...options,
        backend,
        required,
        providers: providers[group] ?? null,
        taken,
        backendEdits: keyed,
      });
    }
    const contents = split.placement.contents[group] ?? new Set<string>();
    const cutting = {
      contents,
      edits: mergedEdits(editsFor(analysis.graph, contents, crossingRewrite(split, group, text)), keyed),
      providers: providers[group] ?? null,
      // A file of comments alone goes with the first part.
      comments: group === 0,
    };
    return {
      files: [...cutFiles(analysis, cutting), ...interfaceOf(split, group, { ...options, backend })],
      module: null,
    };
  });
  return { codes, problems };
}

/** All configuration of a part, by the paths in its folder. */
function filesOf({ files, module }: PartCode): readonly PartFile[] {
  const inside = module?.files ?? [];
  return [...files, ...inside.map(({ path: file, text }) => ({ path: `${module?.name ?? ''}/${file}`, text }))];
}

/** A part with other texts of its files; the order is that of `filesOf`. */
function withFiles({ files, module }: PartCode, changed: readonly PartFile[]): PartCode {
  const inside = changed.slice(files.length).map(({ text }, at) => ({ path: module?.files[at]?.path ?? '', text }));
  return {
    files: changed.slice(0, files.length),
    module: module === null ? null : { name: module.name, files: inside },
  };
}

/** Every part with the modules it calls and the files of the root it reads; links that lead out are left out. */
export async function emitSplit(split: Split, options: EmissionOptions): Promise<Emission> {
  const { folder } = split.analysis.source;
  const available = await rootAssets(folder, { signal: options.signal });
  const parts: EmittedPart[] = [];
  const taken = namesIn(available);
  // Where copies lie of what the root reads from outside of itself: the root may have a folder of this name.
  const linked = freeName('linked', taken);
  const { codes, problems: hindrances } = await emitConfiguration(split, options, taken);
  const problems: Problem[] = [...backendProblems(split, options.wiring), ...hindrances];
  for (const [group, code] of codes.entries()) {
    const { name = '', boundary = 'platform' } = split.groups[group] ?? {};
    const outside = await withOutsideAssets(filesOf(code), {
      root: folder,
      folder: linked,
      signal: options.signal,
    });
    const part = { name, boundary, ...withFiles(code, outside.files) };
    const assets = assetsOf(outside.files, available).filter(({ path: file }) => !/\.tfvars(\.json)?$/.test(file));
    const own: FolderContent = [
      ...outside.files,
      ...outside.copies,
      ...assets.map(({ path: file, absolute }) => ({ path: file, copyOf: absolute })),
    ];
    const all = await gatherModule(folder, { files: own, signal: options.signal });
    // What lies in the root is the root's own; modules around it bring no more along than an import would.
    const ownPaths = new Set(own.map(({ path: file }) => file));
    const isOwn = (file: FolderContent[number]): boolean =>
      ownPaths.has(file.path) || ('copyOf' in file && isInside(folder, file.copyOf));
    const gathered = await withoutSecretFiles(all, 'terraform', isOwn);
    const content = gathered.content.filter(
      (file, at) => gathered.content.findIndex((other) => other.path === file.path) === at,
    );
    const lock = available.find(({ path: file }) => file === '.terraform.lock.hcl');
    parts.push({
      ...part,
      content: lock === undefined ? content : [...content, { path: lock.path, copyOf: lock.absolute }],
    });
    problems.push(
      ...outside.problems.map((found) => ({ ...found, file: `${name}/${found.file ?? ''}` })),
      ...gathered.problems.map((found) => ({
        ...found,
        file: found.file === null ? null : `${part.name}/${found.file}`,
      })),
    );
  }
  return { parts, problems };
}
