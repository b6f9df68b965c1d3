import { AppError } from '#shared/errors/index.ts';
import type { SavedQuery } from '#shared/model/index.ts';
import type { EventSink, QueriesService, Workspace } from '#engine/ports/index.ts';
import { givenQueries } from './given.ts';
import { readQueries, readQuery, removeQuery, writeQuery } from './query-files.ts';

export interface QueriesServiceDeps {
  readonly workspace: Pick<Workspace, 'paths' | 'assertWritable'>;
  readonly events: EventSink;
}

function findGiven(name: string): SavedQuery | undefined {
  return givenQueries.find((query) => query.name === name);
}

/** Keeps queries as files of the workspace, beside those that come with Groundplan. */
export function createQueriesService({ workspace, events }: QueriesServiceDeps): QueriesService {
  const folder = workspace.paths.queries;

  async function own(name: string): Promise<SavedQuery | null> {
    const reading = await readQuery(folder, name);
    if (reading === null) return null;
    if (reading.query !== null) return reading.query;
    const [first] = reading.problems;
    throw new AppError('bad-input', `${first?.file ?? name}:${first?.line ?? 1}: ${first?.message ?? 'unreadable'}`, {
      advice: first?.advice ?? 'Mend the file.',
      details: { file: first?.file ?? name, line: first?.line ?? 1 },
    });
  }

  function refuseGiven(name: string): void {
    if (findGiven(name) === undefined) return;
    throw new AppError('already-exists', `${name} comes with Groundplan and stays as it is.`, {
      advice: 'Use another name.',
      details: { name },
    });
  }

  function unknown(name: string): AppError {
    return new AppError('not-found', `There is no saved query ${name}.`, {
      advice: '`groundplan graph queries` lists them.',
      details: { name },
    });
  }

  return {
    async list() {
      const readings = await readQueries(folder);
      const kept = readings.flatMap(({ query }) => query ?? []);
      return { queries: [...kept, ...givenQueries], problems: readings.flatMap(({ problems }) => problems) };
    },
    async get({ name }) {
      const query = findGiven(name) ?? (await own(name));
      if (query === null) throw unknown(name);
      return query;
    },
    async save({ name, summary, cypher, replace }) {
      workspace.assertWritable();
      refuseGiven(name);
      if (!replace && (await readQuery(folder, name)) !== null) {
        throw new AppError('already-exists', `There is a query ${name} already.`, {
          advice: 'Use another name, or replace it.',
          details: { name },
        });
      }
      await writeQuery(folder, { query: name, summary, cypher });
      events.changed(['queries'], name);
      return { name, summary, cypher, given: false };
    },
    async rename({ name, to }) {
      workspace.assertWritable();
      refuseGiven(name);
      refuseGiven(to);
      const query = await own(name);
      if (query === null) throw unknown(name);
      if (name === to) return query;
      if ((await readQuery(folder, to)) !== null) {
        throw new AppError('already-exists', `There is a query ${to} already.`, {
          advice: 'Use another name.',
          details: { name: to },
        });
      }
      await writeQuery(folder, { query: to, summary: query.summary, cypher: query.cypher });
      await removeQuery(folder, name);
      events.changed(['queries']);
      return { ...query, name: to };
    },
    async remove({ name }) {
      workspace.assertWritable();
      refuseGiven(name);
      if ((await readQuery(folder, name)) === null) throw unknown(name);
      await removeQuery(folder, name);
      events.changed(['queries'], name);
      return {};
    },
  };
}
