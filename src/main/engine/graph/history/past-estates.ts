import { hash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EstateService, FactStore, GraphStore, QuestionsService, Workspace } from '#engine/ports/index.ts';
import { createEstateService, createGraphAccess, createGraphBuilder, createQuestionsService } from '../estate/index.ts';
import type { LookedAt } from './looked-at.ts';

export interface PastEstatesDeps {
  readonly facts: Pick<FactStore, 'asOf'>;
  /** Where the graphs of the past lie, one folder each; a cache. */
  readonly folder: string;
  readonly openStore: (folder: string) => Promise<GraphStore>;
  readonly workspace: Pick<Workspace, 'notify'>;
  readonly lookedAt: LookedAt;
}

/** What can be asked about one time. */
export interface EstateDoors {
  readonly estate: EstateService;
  readonly questions: QuestionsService;
}

/** The estate as it stood once a run had ended. */
export interface PastEstates {
  /** Asks the map of that time, which is built when it is not there. Throws `not-found`. */
  ask<Answer>(run: number, question: (doors: EstateDoors) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

/** Graphs kept, so that going to and fro between a few runs builds nothing again. */
const kept = 3;

interface Past {
  readonly name: string;
  readonly opened: Promise<{ readonly store: GraphStore; readonly doors: EstateDoors }>;
  questions: number;
}

/**
 * Looks at the past: each run asked for gets a graph of its own, made of what the runs up to it knew. Environments and
 * deployments are not laid over it, because they tell of now.
 */
export function createPastEstates({ facts, folder, openStore, workspace, lookedAt }: PastEstatesDeps): PastEstates {
  /** The one asked for last stands at the end. */
  const pasts = new Map<string, Past>();
  const removing = new Map<string, Promise<void>>();
  let isSwept = false;

  async function open(run: number, name: string): ReturnType<typeof openStoreOf> {
    // What an earlier session left is used where it still fits, and the rest removed.
    if (!isSwept) await sweep(folder, name);
    isSwept = true;
    return openStoreOf(run, name);
  }

  async function openStoreOf(run: number, name: string) {
    const then = facts.asOf(run);
    const store = await openStore(join(folder, name));
    const builder = createGraphBuilder({
      facts: then,
      store,
      overlaySource: { overlay: () => Promise.resolve(nothingLaid) },
      events: { changed: () => {} },
      workspace,
    });
    const deps = { facts: then, store, builder, graph: createGraphAccess({ store, builder }) };
    return { store, doors: { estate: createEstateService(deps), questions: createQuestionsService(deps) } };
  }

  async function take(run: number): Promise<Past> {
    const name = await nameOf(facts, run);
    await removing.get(name);
    const past: Past = pasts.get(name) ?? { name, opened: open(run, name), questions: 0 };
    pasts.delete(name);
    pasts.set(name, past);
    past.questions += 1;
    return past;
  }

  async function remove({ name, opened }: Past): Promise<void> {
    await (await opened.catch(() => null))?.store.close();
    await rm(join(folder, name), { recursive: true, force: true });
  }

  async function leave(past: Past): Promise<void> {
    past.questions -= 1;
    const idle = [...pasts.values()].filter(({ questions }) => questions === 0);
    for (const old of idle.slice(0, Math.max(0, pasts.size - kept))) {
      pasts.delete(old.name);
      const gone = remove(old).finally(() => removing.delete(old.name));
      removing.set(old.name, gone);
      await gone;
    }
  }

  return {
    async ask(run, question) {
      lookedAt.note(run);
      const past = await take(run);
      try {
        return await question((await past.opened).doors);
      } catch (error) {
        // One that could not be opened is tried anew by the next question.
        await past.opened.catch(() => pasts.delete(past.name));
        throw error;
      } finally {
        await leave(past);
      }
    },
    async close() {
      const all = [...pasts.values()];
      pasts.clear();
      await Promise.all(removing.values());
      for (const { opened } of all) await (await opened.catch(() => null))?.store.close();
    },
  };
}

const nothingLaid = { blueprintVersions: [], environments: [], deployments: [], managed: [], changed: [] };

/** Another name when the runs up to it are not the same any more: one was taken up again or removed. */
async function nameOf(facts: Pick<FactStore, 'asOf'>, run: number): Promise<string> {
  const states = (await facts.asOf(run).runs()).map(({ id, status, finishedAt, cells, resources }) =>
    [id, status, finishedAt, cells, resources].join(' '),
  );
  return `run-${run}-${hash('sha256', states.join('\n'), 'hex').slice(0, 12)}`;
}

/** Removes the graphs of an earlier session, all but one. */
async function sweep(folder: string, used: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (name.startsWith('run-') && name !== used) await rm(join(folder, name), { recursive: true, force: true });
  }
}
