import { parseBlueprint, validateBlueprint } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, type Draft, type DraftSummary, type Problem } from '#shared/model/index.ts';
import { namesIn } from '#engine/files/index.ts';
import type { BlueprintsService, EventSink } from '../ports/index.ts';
import { draftNames, plainData, removeDraft, unknownDraft, writeDraft } from './draft-files.ts';
import type { Library } from './library.ts';
import { versionsOf } from './release-files.ts';

export interface BlueprintsServiceDeps {
  readonly library: Library;
  readonly events: EventSink;
}

function count(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

function summaryOf(draft: Draft, published: readonly string[]): DraftSummary {
  const { name, document, problems } = draft;
  return {
    name,
    // A draft that does not parse is listed all the same, so that it can be opened and mended.
    version: document?.version ?? '',
    summary: document?.summary ?? '',
    boundary: document?.boundary ?? 'platform',
    nodes: Object.keys(document?.nodes ?? {}).length,
    errors: count(problems, 'error'),
    warnings: count(problems, 'warning'),
    published: [...published],
  };
}

/** Drafts on disk: the service behind the contract's `blueprints`. */
export function createBlueprintsService({ library, events }: BlueprintsServiceDeps): BlueprintsService {
  const { workspace } = library;
  const { paths } = workspace;

  async function existing(name: string): Promise<Draft> {
    const draft = await library.draft(name);
    if (draft === null) throw unknownDraft(name);
    return draft;
  }

  return {
    async list() {
      const drafts = await library.drafts();
      const summaries = await Promise.all(
        drafts.map(async (draft) => summaryOf(draft, await versionsOf(paths, draft.name))),
      );
      const folders = await namesIn(paths.blueprints, 'folder');
      const wrong = folders.filter((folder) => !nameSchema.safeParse(folder).success);
      const problems = wrong.map((folder): Problem => ({
        severity: 'error',
        code: 'bad-name',
        message: `"${folder}" cannot be the name of a blueprint.`,
        advice: 'Rename the folder: lower-case letters, digits and dashes.',
        file: `blueprints/${folder}`,
        line: null,
        column: null,
        field: null,
        node: null,
      }));
      return { drafts: summaries, problems };
    },

    get: ({ name }) => existing(name),

    async create({ name, boundary, summary }) {
      workspace.assertWritable();
      const taken = (await draftNames(paths)).includes(name) || (await library.artifacts.find(name)) !== null;
      if (taken) {
        throw new AppError('already-exists', `There is a blueprint or artifact called ${name}.`, {
          advice: 'Choose another name.',
          details: { name },
        });
      }
      const document = {
        blueprint: name,
        version: '0.1.0',
        ...(summary === '' ? {} : { summary }),
        boundary,
        nodes: {},
      };
      await writeDraft(paths, { name, text: null, document, canvas: { positions: {} } });
      events.changed(['blueprints'], name);
      return existing(name);
    },

    async save({ name, document, canvas, baseRevision }) {
      workspace.assertWritable();
      const current = await existing(name);
      if (current.revision !== baseRevision) {
        throw new AppError('conflict', `blueprints/${name} changed on disk since it was opened.`, {
          advice: 'Look at both versions and choose, or merge them.',
          details: { name, text: current.text, revision: current.revision, canvas: plainData(current.canvas) },
        });
      }
      if (current.document === null) {
        throw new AppError(
          'bad-input',
          `blueprints/${name}/blueprint.yaml cannot be read, so nothing was written over it.`,
          {
            advice: 'Mend the file first; the problems name the lines.',
            details: { name, problems: current.problems.map(({ message, line }) => `${line ?? 1}: ${message}`) },
          },
        );
      }
      if (document.blueprint !== name) {
        throw new AppError('bad-input', `The document is called ${document.blueprint}, the draft ${name}.`, {
          advice: 'Make a new draft for another name.',
          details: { name },
        });
      }
      await writeDraft(paths, { name, text: current.text, document, canvas });
      events.changed(['blueprints'], name);
      return existing(name);
    },

    async remove({ name }) {
      workspace.assertWritable();
      await removeDraft(paths, name);
      events.changed(['blueprints'], name);
      return { removed: name };
    },

    async validate({ document: given }) {
      const { document, problems } = parseBlueprint(given);
      return document === null ? [...problems] : validateBlueprint(document, await library.palette());
    },

    palette: () => library.palette(),
  };
}
