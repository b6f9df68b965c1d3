import type { Boundary, Problem } from '#shared/model/index.ts';
import { listFolder, type FolderContent } from '#engine/files/index.ts';
import { isIgnoredSource } from '../../artifacts/source-files.ts';
import { gatherModule } from '../../artifacts/terraform/outside-modules.ts';
import { isConfigurationFile } from '../../artifacts/terraform/module.ts';
import type { Split } from '../proposal/decide.ts';
import type { Wire } from '../proposal/interface.ts';
import type { ValueType } from '../proposal/value-types.ts';
import { problem } from '../source/problem.ts';
import { assetsOf } from './assets.ts';
import { backendOf, backendValues } from './backend.ts';
import { interfaceOf, wireText, type Wiring } from './interface-files.ts';
import { partFiles, type PartFile } from './part-files.ts';

/** One part as it will be written. */
export interface EmittedPart {
  readonly name: string;
  readonly boundary: Boundary;
  /** Its configuration, as text. */
  readonly files: readonly PartFile[];
  /** Everything that belongs into its folder: configuration, called modules, files it reads. */
  readonly content: FolderContent;
}

export interface Emission {
  readonly parts: readonly EmittedPart[];
  readonly problems: readonly Problem[];
}

export interface EmissionOptions {
  readonly wiring: Wiring;
  readonly typeOf: (wire: Wire) => ValueType;
  readonly signal: AbortSignal;
}

function backendProblems(split: Split): readonly Problem[] {
  const backend = backendOf(split.analysis.source.files);
  if (backend === null || backendValues(backend, 'part') !== null) return [];
  const place = { file: backend.file.path, line: backend.block.line };
  const message = `The ${backend.type} backend does not say in the code where its state lies; all parts have the same block.`;
  const advice = 'Give each part a key of its own when it is initialised, with -backend-config.';
  return [problem({ severity: 'warning', code: 'partial-backend', message, advice, ...place })];
}

/** The configuration of every part, cut from the source; nothing is read from disk. */
function emitConfiguration(
  split: Split,
  { wiring, typeOf }: Pick<EmissionOptions, 'wiring' | 'typeOf'>,
): readonly Pick<EmittedPart, 'name' | 'boundary' | 'files'>[] {
  const backend = backendOf(split.analysis.source.files);
  const text = wireText(split, wiring);
  return split.groups.map(({ name, boundary }, group) => ({
    name,
    boundary,
    files: [
      ...partFiles(split, group, { wireText: text, backend }),
      ...interfaceOf(split, group, { wiring, backend, typeOf }),
    ],
  }));
}

/** Every part with the modules it calls and the files of the root it reads. Throws `bad-input` for links that lead out. */
export async function emitSplit(split: Split, options: EmissionOptions): Promise<Emission> {
  const { folder } = split.analysis.source;
  const available = await listFolder(folder, {
    // Configuration is cut, not copied; modules are gathered by who calls them.
    ignore: (relative) => isIgnoredSource(relative) || (!relative.includes('/') && isConfigurationFile(relative)),
    signal: options.signal,
  });
  const parts: EmittedPart[] = [];
  const problems: Problem[] = [...backendProblems(split)];
  for (const part of emitConfiguration(split, options)) {
    const assets = assetsOf(part.files, available).filter(({ path: file }) => !/\.tfvars(\.json)?$/.test(file));
    const own: FolderContent = [
      ...part.files,
      ...assets.map(({ path: file, absolute }) => ({ path: file, copyOf: absolute })),
    ];
    const gathered = await gatherModule(folder, { files: own, signal: options.signal });
    const content = gathered.content.filter(
      (file, at) => gathered.content.findIndex((other) => other.path === file.path) === at,
    );
    const lock = available.find(({ path: file }) => file === '.terraform.lock.hcl');
    parts.push({
      ...part,
      content: lock === undefined ? content : [...content, { path: lock.path, copyOf: lock.absolute }],
    });
    problems.push(
      ...gathered.problems.map((found) => ({
        ...found,
        file: found.file === null ? null : `${part.name}/${found.file}`,
      })),
    );
  }
  return { parts, problems };
}
