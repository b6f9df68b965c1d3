import { AppError } from '#shared/errors/index.ts';
import { writeDraft, type Library } from '../catalog/index.ts';
import type { DraftFiles } from '../extraction/index.ts';

/** The drafts as extraction reads and writes them: one that exists keeps its comments, order and positions. */
export function draftFilesOf(library: Library): DraftFiles {
  return {
    async read(name) {
      const draft = await library.draft(name);
      if (draft === null || draft.document !== null) return draft?.document ?? null;
      const [problem] = draft.problems;
      throw new AppError('bad-input', `blueprints/${name}/blueprint.yaml: ${problem?.message ?? 'it cannot be read'}`, {
        advice: 'Mend or remove the draft first.',
        details: { file: `blueprints/${name}/blueprint.yaml`, line: problem?.line ?? null },
      });
    },
    async write(document) {
      const name = document.blueprint;
      const draft = await library.draft(name);
      await writeDraft(library.workspace.paths, {
        name,
        text: draft?.text ?? null,
        document,
        canvas: draft?.canvas ?? { positions: {} },
      });
      return [`blueprints/${name}/blueprint.yaml`, `blueprints/${name}/canvas.json`];
    },
  };
}
