import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { validateBlueprint } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { BlueprintDocument, Draft, PaletteItem } from '#shared/model/index.ts';
import type { BlueprintsService } from '#engine/ports/index.ts';
import type { EventBus } from '#engine/system/index.ts';

export interface DraftFolder {
  readonly service: BlueprintsService;
  /** The document as it is written. */
  document(name: string): BlueprintDocument;
  /** Somebody edits the file outside the app. */
  edit(name: string, change: (document: BlueprintDocument) => BlueprintDocument): void;
}

/** Drafts kept in memory, with the revisions and conflicts of real files. */
export function createDraftFolder(
  events: EventBus,
  start: { readonly documents: readonly BlueprintDocument[]; readonly palette: readonly PaletteItem[] },
): DraftFolder {
  const drafts = new Map<string, { document: BlueprintDocument; canvas: Draft['canvas'] }>();
  for (const document of start.documents) {
    drafts.set(document.blueprint, { document: structuredClone(document), canvas: { positions: {} } });
  }

  function read(name: string): Draft {
    const kept = drafts.get(name);
    if (kept === undefined) throw new AppError('not-found', `There is no draft "${name}".`);
    const text = stringify(kept.document);
    return {
      name,
      text,
      document: kept.document,
      canvas: kept.canvas,
      problems: validateBlueprint(kept.document, start.palette),
      revision: createHash('sha256').update(text).update(JSON.stringify(kept.canvas)).digest('hex'),
    };
  }

  return {
    document: (name) => structuredClone(drafts.get(name)?.document ?? missing(name)),
    edit: (name, change) => {
      const kept = drafts.get(name) ?? missing(name);
      drafts.set(name, { ...kept, document: change(structuredClone(kept.document)) });
      events.changed(['blueprints'], name);
    },
    service: {
      list: () => ({
        problems: [],
        drafts: [...drafts].map(([name, { document }]) => {
          const problems = validateBlueprint(document, start.palette);
          return {
            name,
            version: document.version,
            summary: document.summary ?? '',
            boundary: document.boundary,
            nodes: Object.keys(document.nodes).length,
            errors: problems.filter(({ severity }) => severity === 'error').length,
            warnings: problems.filter(({ severity }) => severity === 'warning').length,
            published: [],
          };
        }),
      }),
      get: ({ name }) => read(name),
      create: ({ name, boundary, summary }) => {
        if (drafts.has(name)) throw new AppError('already-exists', `There is a draft "${name}" already.`);
        const document = { blueprint: name, version: '0.1.0', summary, boundary, nodes: {} };
        drafts.set(name, { document, canvas: { positions: {} } });
        events.changed(['blueprints'], name);
        return read(name);
      },
      save: ({ name, document, canvas, baseRevision }) => {
        if (read(name).revision !== baseRevision) throw new AppError('conflict', `${name} changed on disk.`);
        drafts.set(name, { document, canvas });
        events.changed(['blueprints'], name);
        return read(name);
      },
      remove: ({ name }) => {
        drafts.delete(name);
        events.changed(['blueprints'], name);
        return { removed: name };
      },
      validate: () => [],
      palette: () => [...start.palette],
    },
  };
}

function missing(name: string): never {
  throw new Error(`There is no draft "${name}" in this scene.`);
}
