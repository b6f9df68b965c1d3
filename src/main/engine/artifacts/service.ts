import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { ArtifactsService, EventSink, Workspace } from '../ports/index.ts';
import { examine } from './examine.ts';
import { importArtifacts } from './import-artifact.ts';
import type { ArtifactStore } from './store.ts';

/** Bytes of a file. */
const maximumShown = 1024 * 1024;

export interface ArtifactsServiceDeps {
  readonly workspace: Workspace;
  readonly events: EventSink;
  readonly store: ArtifactStore;
}

async function textOf(file: string): Promise<string> {
  if ((await stat(file)).size > maximumShown) return '(too long to show)';
  const bytes = await readFile(file);
  return bytes.includes(0) ? '(not a text)' : bytes.toString('utf8');
}

/** Infrastructure code in normal form: the service behind the contract's `artifacts`. */
export function createArtifactsService({ workspace, events, store }: ArtifactsServiceDeps): ArtifactsService {
  async function find(name: string): Promise<NonNullable<Awaited<ReturnType<ArtifactStore['find']>>>> {
    const found = await store.find(name);
    if (found !== null) return found;
    throw new AppError('not-found', `There is no artifact called ${name}.`, {
      advice: 'Import it, or correct the name.',
      details: { name },
    });
  }

  return {
    async list(_input, { signal }) {
      const { artifacts, problems } = await store.scan(signal);
      return { artifacts: artifacts.map(({ artifact }) => artifact), problems: [...problems] };
    },
    get: async ({ name }) => (await find(name)).artifact,
    examine: ({ paths }, { signal }) => examine(paths, { workspace, aids: store.aids, signal }),
    async import(request, { signal }) {
      const report = await importArtifacts(request, { workspace, aids: store.aids, signal });
      if (report.imported.length > 0) events.changed(['artifacts', 'blueprints']);
      return report;
    },
    async files({ name }) {
      const { files } = await find(name);
      return Promise.all(
        files.map(async (file) => ({ path: file.path.split(path.sep).join('/'), text: await textOf(file.absolute) })),
      );
    },
  };
}
