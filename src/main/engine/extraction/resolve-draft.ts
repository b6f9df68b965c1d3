import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { BlueprintDocument } from '#shared/model/index.ts';
import type { ResolvedBlueprint, ResolvedNode } from '#engine/ports/index.ts';
import type { PatternsDeps } from './deps.ts';

/** The blueprint to prove: its draft with the artifacts of the workspace, or else its newest published version. */
export async function resolveBlueprint(deps: PatternsDeps, name: string): Promise<ResolvedBlueprint> {
  const draft = await deps.drafts.read(name);
  return draft === null ? deps.releases.resolve(name) : resolveDraft(deps, draft);
}

async function resolveDraft(deps: PatternsDeps, document: BlueprintDocument): Promise<ResolvedBlueprint> {
  const nodes: Record<string, ResolvedNode> = {};
  for (const [node, { use }] of Object.entries(document.nodes)) nodes[node] = await resolveNode(deps, use);
  return { document, nodes };
}

async function resolveNode(deps: PatternsDeps, use: string): Promise<ResolvedNode> {
  const [name = use] = use.split('@');
  const found = await deps.artifacts.find(name);
  if (found !== null) {
    const { artifact } = found;
    return {
      type: 'artifact',
      use: `${artifact.name}@${artifact.version}`,
      digest: artifact.digest,
      artifact,
      sources: path.join(deps.workspace.paths.root, artifact.source),
    };
  }
  const release = await deps.releases.resolve(use);
  if (release.release.type === 'artifact') {
    throw new AppError('not-found', `The artifact ${use} is published but not in the workspace.`, {
      advice: 'Import it again, or prove the published blueprint.',
      details: { use },
    });
  }
  return { type: 'blueprint', use, digest: release.release.digest, blueprint: release };
}
