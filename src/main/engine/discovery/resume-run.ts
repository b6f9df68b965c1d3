import { isDeepStrictEqual } from 'node:util';
import type { FactStore, RunRequest } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CloudRequest, Connection, DiscoverRequest, Run, ScopeFact, ScopeKind } from '#shared/model/index.ts';

type ResumableFacts = Pick<FactStore, 'runs' | 'runRequest'>;

/**
 * The run to go on with: the one that is named, or the newest. Only the newest can be, because what it lists now is
 * newer than what any other run saw. Throws `not-found` or `conflict` with the reason when there is nothing to resume.
 */
export async function findResumable(
  facts: ResumableFacts,
  wanted: number | null,
): Promise<{ readonly run: Run; readonly asked: RunRequest }> {
  const [newest, ...others] = await facts.runs();
  if (newest === undefined) {
    throw new AppError('not-found', 'There is nothing to resume: nothing was mapped yet.', { advice: 'Start a run.' });
  }
  const run = wanted === null ? newest : [newest, ...others].find(({ id }) => id === wanted);
  if (run === undefined) {
    throw new AppError('not-found', `There is no run ${wanted}.`, { advice: 'Look at the list of runs.' });
  }
  const why = whyNot(run, newest);
  if (why !== null) throw nothingToResume(run, why);
  const asked = await facts.runRequest(run.id);
  if (asked === null) throw nothingToResume(run, 'what was asked of it was not kept');
  return { run, asked };
}

function whyNot(run: Run, newest: Run): string | null {
  if (run.source !== 'live') return 'it read no cloud';
  if (run.status === 'complete') return 'it came to its end with everything looked at';
  if (run.status === 'partial')
    return `it came to its end; what it could not look at (${run.incompleteCells}) is a new run’s`;
  return run.id === newest.id ? null : `run ${newest.id} has begun after it, and is newer`;
}

function nothingToResume(run: Run, why: string): AppError {
  return new AppError('conflict', `Run ${run.id} cannot be resumed: ${why}.`, {
    advice: 'Start a new run.',
    details: { run: run.id },
  });
}

/** The names of the connections that a request is made of, as they stand in the workspace. */
export function connectionsOf({ clouds }: DiscoverRequest, connections: readonly Connection[]): string[] {
  return connections
    .filter((connection) => clouds.some((cloud) => isDeepStrictEqual(placesOf(cloud), placesOf(connection))))
    .map(({ name }) => name);
}

/**
 * What was asked of a run stands in the workspace, which may come from elsewhere: an address that no connection names
 * gets no credentials of this machine by resuming. Throws `conflict` with it. This machine itself may always be asked.
 */
export function refuseForeignEndpoints({ clouds }: DiscoverRequest, connections: readonly Connection[]): void {
  const known = new Set(connections.map(({ cloud, endpoint }) => `${cloud} ${endpoint ?? ''}`));
  for (const { cloud, endpoint } of clouds) {
    if (endpoint === undefined || isLoopback(endpoint) || known.has(`${cloud} ${endpoint}`)) continue;
    throw new AppError('conflict', `The run would ask ${endpoint}, which no connection of this workspace names.`, {
      advice: 'Start a new run with `--endpoint` if this is where you want to sign in.',
      details: { endpoint, cloud },
    });
  }
}

function isLoopback(endpoint: string): boolean {
  const host = URL.parse(endpoint)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** What of the workspace's connections is not any more as it was when the run began, in sentences. */
export function changedConnections({ request, connections }: RunRequest, now: readonly Connection[]): string[] {
  if (connections.length === 0) return [];
  const same = new Set(connectionsOf(request, now));
  return [
    ...connections
      .filter((name) => !same.has(name))
      .map((name) => {
        const what = now.some((connection) => connection.name === name) ? 'was changed' : 'was taken away';
        return `The connection ${name} ${what} since: what is left is mapped as it was asked for then.`;
      }),
    ...now
      .filter(({ name }) => !connections.includes(name) && !same.has(name))
      .map(({ name }) => `The connection ${name} is not part of this run; a new run maps it.`),
  ];
}

/** What a connection or a part of a request says of where to look, as it is kept. */
function placesOf(places: Connection | CloudRequest): Record<string, unknown> {
  const { name: _name, at: _at, ...rest } = JSON.parse(JSON.stringify(places)) as Record<string, unknown>;
  return rest;
}

const looked: readonly ScopeKind[] = ['account', 'subscription', 'project'];

/**
 * What the credentials lead to now and did not then, in sentences. Throws `conflict` when they lead to none of the
 * places of that time: then another run is wanted.
 */
export function changedScopes(run: number, before: readonly ScopeFact[], now: readonly ScopeFact[]): string[] {
  const then = namesOf(before);
  // It was cut off before it had found out.
  if (then.size === 0) return [];
  const today = namesOf(now);
  const gone = [...then].filter(([id]) => !today.has(id)).map(([, name]) => name);
  const come = [...today].filter(([id]) => !then.has(id)).map(([, name]) => name);
  if (gone.length === then.size) {
    throw new AppError(
      'conflict',
      `The credentials lead elsewhere now: run ${run} looked at ${some([...then.values()])}, they open ${some(come)}.`,
      { advice: 'Sign in as then and resume, or start a new run.', details: { run } },
    );
  }
  return [
    ...(gone.length === 0 ? [] : [`Not reached with the credentials of now: ${some(gone)}. Their listings stay open.`]),
    ...(come.length === 0 ? [] : [`Reached with the credentials of now, and not when the run began: ${some(come)}.`]),
  ];
}

function namesOf(scopes: readonly ScopeFact[]): ReadonlyMap<string, string> {
  return new Map(
    scopes.filter(({ kind }) => looked.includes(kind)).map(({ id, name, nativeId }) => [id, name || nativeId]),
  );
}

const mostNamed = 5;

function some(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}
