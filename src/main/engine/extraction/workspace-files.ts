import { createEnvironmentFiles, readDraft, readEnvironments, writeDraft } from '../catalog/index.ts';
import type { Workspace } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { BlueprintDocument, CanvasDocument } from '#shared/model/index.ts';
import type { DraftFiles, EnvironmentListing } from './deps.ts';

/** The drafts of a workspace. */
export function createDraftFiles(workspace: Workspace): DraftFiles {
  return {
    async read(name) {
      const draft = await readDraft(workspace.paths, name, []);
      if (draft === null) return null;
      if (draft.document !== null) return draft.document;
      const [first] = draft.problems;
      throw new AppError('bad-input', `The draft ${name} cannot be read: ${first?.message ?? 'it is no blueprint'}`, {
        advice: 'Mend blueprint.yaml on the Canvas screen or in an editor.',
        details: { file: first?.file ?? null, line: first?.line ?? null },
      });
    },
    async write(document) {
      workspace.assertWritable();
      const name = document.blueprint;
      const known = await readDraft(workspace.paths, name, []);
      const canvas = withPositions(document, known?.canvas ?? { positions: {} });
      await writeDraft(workspace.paths, { name, text: known?.text ?? null, document, canvas });
      return [`blueprints/${name}/blueprint.yaml`, `blueprints/${name}/canvas.json`];
    },
  };
}

/** Nodes that stand nowhere yet go from left to right, as the values flow. */
function withPositions(document: BlueprintDocument, canvas: CanvasDocument): CanvasDocument {
  const positions = { ...canvas.positions };
  for (const [index, node] of Object.keys(document.nodes).entries()) positions[node] ??= { x: index * 380, y: 0 };
  return { positions };
}

/** The environment files of a workspace; those that do not parse are not listed. */
export function createEnvironmentListing(workspace: Workspace): EnvironmentListing {
  return {
    ...createEnvironmentFiles(workspace),
    list: async () =>
      (await readEnvironments(workspace)).flatMap(({ document }) => (document === null ? [] : [document])),
  };
}
