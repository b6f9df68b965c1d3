import { AppError } from '#shared/errors/index.ts';
import type {
  EventSink,
  FactDamage,
  FactReader,
  GraphBuilder,
  GraphOverlay,
  GraphStore,
  OverlaySource,
  Workspace,
} from '#engine/ports/index.ts';

export interface GraphBuilderDeps {
  readonly facts: Pick<FactReader, 'view' | 'source' | 'coverage'>;
  readonly store: GraphStore;
  readonly overlaySource: OverlaySource;
  readonly events: EventSink;
  readonly workspace: Pick<Workspace, 'notify'>;
  /** Told when a new graph is there, before anybody else. */
  readonly onBuilt?: () => void;
  /** From how many resources on a process of its own builds the graph, where the store can start one. */
  readonly apartFrom?: number;
}

/** Starting a process costs more than building so few. */
const defaultApartFrom = 5000;

/** One build with everybody who waits for it. It is given up when nobody waits any more. */
interface Job {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  waiting: number;
}

const damageShown = 5;

function describeDamage(damage: readonly FactDamage[]): string {
  const shown = damage.slice(0, damageShown).map(({ file, line, why }) => `${file}, line ${line}: ${why}`);
  const more = damage.length > damageShown ? [`and ${damage.length - damageShown} more`] : [];
  return [...shown, ...more].join('\n');
}

/** Where no process can be started there is this one. */
function unlessNotStarted(error: unknown): null {
  if (error instanceof AppError && error.code === 'tool-missing') return null;
  throw error;
}

/**
 * Builds the graph from facts and overlay, one build at a time. A call during a build waits for one build after it,
 * shared by all who called meanwhile, so that what they just wrote is in. Aborting a call stops its waiting, and the
 * build when nobody else waits.
 */
export function createGraphBuilder(deps: GraphBuilderDeps): GraphBuilder {
  const { facts, store, overlaySource, events, workspace, onBuilt, apartFrom = defaultApartFrom } = deps;
  let running: Job | null = null;
  let next: Job | null = null;

  /** Builds the graph here or elsewhere, and tells what of the facts could not be read. */
  async function swapIn(overlay: GraphOverlay, signal: AbortSignal): Promise<readonly FactDamage[]> {
    const { buildApart } = store;
    if (buildApart !== null) {
      const rows = (await facts.coverage(null)).reduce((sum, cell) => sum + cell.rows, 0);
      const source = { facts: await facts.source(), overlay };
      const built = rows < apartFrom ? null : await buildApart(source, signal).catch(unlessNotStarted);
      if (built !== null) return built.damage;
    }
    const view = await facts.view(signal);
    const { runs, scopes, coverage } = view;
    const input = { runs, scopes, coverage, overlay, resources: view.heads(), relationships: view.relationships() };
    await store.build(input, signal);
    return view.damage;
  }

  async function build(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const damageBefore = store.damage;
    const damage = await swapIn(await overlaySource.overlay(), signal);
    onBuilt?.();
    if (damageBefore !== null) {
      workspace.notify({
        id: 'graph-rebuilt',
        severity: 'warning',
        title: 'The cloud graph was damaged and has been built again',
        detail: `${damageBefore}. Nothing is lost: the graph is made from the facts of discovery.`,
      });
    }
    if (damage.length > 0) {
      workspace.notify({
        id: 'facts-damaged',
        severity: 'warning',
        title: `${damage.length} places in the facts could not be read`,
        detail: `${describeDamage(damage)}\nWhat earlier runs saw there is kept; map again to read it anew.`,
      });
    }
    events.changed(['estate', 'workspace']);
  }

  function start(before: Promise<unknown>): Job {
    const controller = new AbortController();
    const done = before.then(async () => {
      if (next === job) next = null;
      running = job;
      try {
        await build(controller.signal);
      } finally {
        if (running === job) running = null;
      }
    });
    const job: Job = { controller, done, waiting: 0 };
    // Everybody who waits is told by `wait`; when all have gone there is nobody to tell.
    done.catch(() => undefined);
    return job;
  }

  async function wait(job: Job, signal: AbortSignal): Promise<void> {
    job.waiting += 1;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => {
        job.waiting -= 1;
        if (job.waiting === 0) job.controller.abort(signal.reason);
        reject(new AppError('cancelled', 'Building the graph was cancelled.'));
      };
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      await Promise.race([job.done, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  return {
    async rebuild(signal) {
      signal.throwIfAborted();
      if (next !== null && !next.controller.signal.aborted) return wait(next, signal);
      const before = next ?? running;
      const job = start(before === null ? Promise.resolve() : before.done.catch(() => undefined));
      if (before === null) running = job;
      else next = job;
      return wait(job, signal);
    },
  };
}
