import { findUse, inputPorts, outputPorts } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Artifact } from '#shared/model/index.ts';
import type { Comparable } from './compare-versions.ts';
import { unknownDraft } from './draft-files.ts';
import type { Library } from './library.ts';
import { readRelease } from './release-files.ts';

async function comparableDraft(library: Library, name: string): Promise<Comparable> {
  const draft = await library.draft(name);
  if (draft === null) throw unknownDraft(name);
  const { document } = draft;
  if (document === null) {
    throw new AppError('bad-input', `The draft of ${name} cannot be read, so it cannot be compared.`, {
      advice: 'Mend the file first; the problems name the lines.',
      details: { name },
    });
  }
  const palette = await library.palette();
  const artifacts: Record<string, Artifact> = {};
  const uses: Record<string, { use: string; digest: string }> = {};
  const { releases } = await library.catalog();
  for (const [node, { use }] of Object.entries(document.nodes)) {
    const item = findUse(palette, use);
    if (item === null) continue;
    const own = await library.artifacts.find(item.name);
    const published = releases.find(({ release }) => release.name === item.name && release.version === item.version);
    const artifact = own?.artifact.version === item.version ? own.artifact : published?.ports.artifacts[item.use];
    if (item.type === 'artifact' && artifact !== undefined) artifacts[item.use] = artifact;
    const digest = (item.type === 'artifact' ? artifact?.digest : published?.release.digest) ?? '';
    uses[node] = { use: item.use, digest };
  }
  const ports = { inputs: inputPorts(document), outputs: outputPorts(document, palette), artifacts };
  return { version: document.version, document, ports, uses };
}

/** A published version, or with `draft` the draft, as something to compare. Throws `not-found`, `bad-input`. */
export async function comparableOf(library: Library, name: string, version: string): Promise<Comparable> {
  if (version === 'draft') return comparableDraft(library, name);
  const stored = await readRelease(library.workspace.paths, { name, version }, library.cache);
  const uses = Object.fromEntries(
    Object.entries(stored.lock.nodes).map(([node, { use, digest }]) => [node, { use, digest }]),
  );
  return { version, document: stored.document, ports: stored.ports, uses };
}
