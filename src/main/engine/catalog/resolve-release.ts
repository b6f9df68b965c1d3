import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { compareVersions, isExactVersion, satisfiesRange, splitUse } from '#shared/blueprint/index.ts';
import { blueprintDocumentSchema, type BlueprintDocument } from '#shared/model/index.ts';
import { digestFiles, listFolder, parseYaml, readTextIfThere } from '#engine/files/index.ts';
import type { ReleaseSource, ResolvedNode, ResolvedRelease, Workspace } from '../ports/index.ts';
import { insideRelease } from './assemble.ts';
import { readRelease, versionsOf, type StoredRelease } from './release-files.ts';

function damaged(stored: StoredRelease, what: string): AppError {
  const { name, version } = stored.release;
  return new AppError('digest-mismatch', `${name} ${version} is damaged: ${what}.`, {
    advice: 'Restore the published version from git.',
    details: { name, version },
  });
}

async function nestedDocument(stored: StoredRelease, place: string): Promise<BlueprintDocument> {
  const file = path.join(insideRelease(stored.folder, place), 'blueprint.yaml');
  const text = await readTextIfThere(file);
  const parsed = blueprintDocumentSchema.safeParse(text === null ? null : parseYaml(text, file).value);
  if (!parsed.success) throw damaged(stored, `${place}/blueprint.yaml cannot be read`);
  return parsed.data;
}

async function resolveNodes(
  stored: StoredRelease,
  document: BlueprintDocument,
  prefix: string,
): Promise<Readonly<Record<string, ResolvedNode>>> {
  const nodes: Record<string, ResolvedNode> = {};
  for (const node of Object.keys(document.nodes)) {
    const locked = stored.lock.nodes[`${prefix}${node}`];
    if (locked === undefined) throw damaged(stored, `its lock has no ${prefix}${node}`);
    const { use, digest } = locked;
    if (locked.type === 'blueprint') {
      const inner = await nestedDocument(stored, locked.path);
      const blueprint = { document: inner, nodes: await resolveNodes(stored, inner, `${prefix}${node}/`) };
      nodes[node] = { type: 'blueprint', use, digest, blueprint };
      continue;
    }
    const artifact = stored.ports.artifacts[use];
    if (artifact === undefined) throw damaged(stored, `its interface has no ${use}`);
    nodes[node] = { type: 'artifact', use, digest, artifact, sources: insideRelease(stored.folder, locked.path) };
  }
  return nodes;
}

/** Whether every artifact's sources have the digest the lock gives them: a lock is not taken at its word. */
async function sourcesMatch(stored: StoredRelease): Promise<boolean> {
  const artifacts = Object.values(stored.lock.nodes).filter(({ type }) => type === 'artifact');
  for (const { path: place, digest } of artifacts) {
    const files = await listFolder(insideRelease(stored.folder, place)).catch(() => []);
    if ((await digestFiles(files)) !== digest) return false;
  }
  return true;
}

/** The version a reference means: the exact one, the newest active in a range, or the newest active of all. */
async function chooseVersion(
  workspace: Workspace,
  reference: string,
): Promise<{ readonly name: string; readonly version: string }> {
  const { name, range } = splitUse(reference);
  const versions = await versionsOf(workspace.paths, name);
  if (isExactVersion(range)) return { name, version: range };
  const fitting = versions.filter((version) => satisfiesRange(version, range)).sort((a, b) => compareVersions(b, a));
  for (const version of fitting) {
    const { release } = await readRelease(workspace.paths, { name, version }, { entries: new Map() });
    if (release.status === 'active') return { name, version };
  }
  throw new AppError('not-found', `There is no active published version of ${reference}.`, {
    advice: versions.length === 0 ? 'Publish one first.' : `There are ${versions.join(', ')}.`,
    details: { reference },
  });
}

/**
 * Published blueprints as deployments run them: every node from the lock, sources from the release folder. Each call
 * computes the digest anew; one that does not match is told by `intact: false`, one that cannot be read at all throws
 * `digest-mismatch`.
 */
export function createReleaseSource(workspace: Workspace): ReleaseSource {
  return {
    async resolve(reference): Promise<ResolvedRelease> {
      const id = await chooseVersion(workspace, reference);
      const stored = await readRelease(workspace.paths, id, null);
      if (stored.document === null) {
        throw new AppError('bad-input', `${reference} is an artifact; only blueprints are deployed.`, {
          advice: 'Put it into a blueprint and publish that.',
          details: { reference },
        });
      }
      const nodes = await resolveNodes(stored, stored.document, '');
      const intact = stored.intact && (await sourcesMatch(stored));
      return { release: stored.release, intact, document: stored.document, nodes };
    },
  };
}
