import type { Clock, EventSink, FactStore, Logger, Workspace } from '#engine/ports/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { Pruning, Retention, Run, RunHistory, RunRemoval } from '#shared/model/index.ts';
import type { LookedAt } from './looked-at.ts';
import type { RetentionRule } from './retention-rule.ts';
import { runsKept } from './retention.ts';

export interface RunKeeperDeps {
  readonly facts: Pick<FactStore, 'runs' | 'uses' | 'sizes' | 'spoilt' | 'removeRun'>;
  readonly workspace: Pick<Workspace, 'assertWritable'>;
  readonly rule: RetentionRule;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lookedAt: LookedAt;
  readonly runsUnderWay: {
    /** Does something while no run is under way and none starts. Throws `conflict` while one is. */
    alone<Output>(work: () => Promise<Output>): Promise<Output>;
  };
}

/** Keeps the runs that the workspace's rule asks for, and lets the others go when nothing rests on them. */
export interface RunKeeper {
  history(): Promise<RunHistory>;
  retain(retention: Retention): Promise<Retention>;
  prune(options: { readonly dryRun: boolean }, signal: AbortSignal): Promise<Pruning>;
  removal(run: number, signal: AbortSignal): Promise<RunRemoval>;
  remove(run: number, signal: AbortSignal): Promise<RunRemoval>;
  /**
   * Follows the rule once a run is over, where somebody on this machine set it. Never rejects: what could not be
   * removed is tried after the next run.
   */
  afterRun(signal: AbortSignal): Promise<void>;
}

export function createRunKeeper(deps: RunKeeperDeps): RunKeeper {
  const { facts, workspace, rule, events, clock, logger, lookedAt, runsUnderWay } = deps;

  async function examine(signal: AbortSignal): Promise<Pruning> {
    const runs = await facts.runs();
    const kept = runsKept(runs, rule.current(), clock.now());
    const looked = lookedAt.runs();
    const free = runs.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    if (free.length === 0) return { removed: [], kept: [] };
    const candidates = new Set(free.filter((id) => !looked.has(id)));
    const uses = await facts.uses({ candidates, views: [...kept, ...looked] }, signal);
    const needed = new Set([...uses].filter(([, use]) => use.cells > 0 || use.views.length > 0).map(([run]) => run));
    const sizes = await facts.sizes();
    return {
      removed: [...candidates]
        .filter((run) => !needed.has(run))
        .map((run) => ({ run, bytes: sizes.get(run) ?? 0 }))
        .sort(byRun),
      kept: free
        .filter((run) => looked.has(run) || needed.has(run))
        .map((run) => ({ run, why: looked.has(run) ? ('looked-at' as const) : ('needed' as const) }))
        .sort(byRun),
    };
  }

  async function prune(signal: AbortSignal): Promise<Pruning> {
    const pruning = await examine(signal);
    if (pruning.removed.length === 0) return pruning;
    // A run that stays by need alone may be looked back at as well, and its estate may rest on what goes.
    const candidates = new Set(pruning.removed.map(({ run }) => run));
    const uses = await facts.uses({ candidates, views: pruning.kept.map(({ run }) => run) }, signal);
    for (const { run, bytes } of pruning.removed) {
      signal.throwIfAborted();
      await facts.removeRun(run, uses.get(run)?.views ?? []);
      logger.info('history.removed', { run, bytes });
    }
    events.changed(['runs']);
    return pruning;
  }

  async function removal(id: number, signal: AbortSignal): Promise<RunRemoval> {
    const runs = await facts.runs();
    const run = findRun(runs, id);
    if (run.status === 'running') {
      throw new AppError('conflict', `Run ${id} is under way.`, { advice: 'Cancel it, or wait until it is done.' });
    }
    const later = runs.map((one) => one.id).filter((one) => one > id);
    const use = (await facts.uses({ candidates: new Set([id]), views: later }, signal)).get(id);
    const gone = await facts.spoilt();
    const bytes = (await facts.sizes()).get(id) ?? 0;
    return { run: id, bytes, cells: use?.cells ?? 0, spoils: (use?.views ?? []).filter((view) => !gone.has(view)) };
  }

  return {
    async history() {
      const [runs, sizes, spoilt, followed] = await Promise.all([
        facts.runs(),
        facts.sizes(),
        facts.spoilt(),
        rule.isFollowed(),
      ]);
      const rows = runs.map(({ id }) => ({ run: id, bytes: sizes.get(id) ?? 0, whole: !spoilt.has(id) }));
      const all = rows.reduce((sum, { bytes }) => sum + bytes, 0);
      return { retention: rule.current(), followed, bytes: all, runs: rows };
    },
    async retain(wanted) {
      const retention = await rule.set(wanted);
      events.changed(['runs']);
      return retention;
    },
    async prune({ dryRun }, signal) {
      if (dryRun) return examine(signal);
      workspace.assertWritable();
      return runsUnderWay.alone(() => prune(signal));
    },
    removal,
    async remove(run, signal) {
      workspace.assertWritable();
      return runsUnderWay.alone(async () => {
        const told = await removal(run, signal);
        if (told.cells > 0) throw restsOn(told);
        await facts.removeRun(run, told.spoils);
        logger.info('history.removed', { run, bytes: told.bytes });
        events.changed(['runs']);
        return told;
      });
    },
    async afterRun(signal) {
      const { runs, days } = rule.current();
      if (runs === null && days === null) return;
      try {
        if (!(await rule.isFollowed())) {
          rule.tellWaiting();
          return;
        }
        await runsUnderWay.alone(() => prune(signal));
      } catch (error) {
        const { code, message } = toAppError(error);
        // Another run has begun, or the workspace closes.
        if (code !== 'conflict' && !signal.aborted) logger.warn('history.not-pruned', { code, message });
      }
    },
  };
}

function byRun(left: { readonly run: number }, right: { readonly run: number }): number {
  return left.run - right.run;
}

function findRun(runs: readonly Run[], id: number): Run {
  const run = runs.find((candidate) => candidate.id === id);
  if (run !== undefined) return run;
  throw new AppError('not-found', `There is no run ${id}.`, { advice: 'Look at the list of runs.' });
}

function restsOn({ run, cells }: RunRemoval): AppError {
  const listings = cells === 1 ? 'one listing' : `${cells} listings`;
  return new AppError(
    'conflict',
    `Run ${run} is needed: the map rests on it for ${listings} that no later run completed.`,
    {
      advice: 'Map those places again; once they are complete, the run can be removed.',
      details: { run, cells },
    },
  );
}
