import { AppError } from '#shared/errors/index.ts';
import type { DriftItem, DriftReport } from '#shared/model/index.ts';
import type { Call, DriftService } from '../ports/index.ts';
import { acceptItems } from './accept/accept-items.ts';
import { checkEnvironment } from './check/check-environment.ts';
import type { DeployedNode, DriftDeps } from './deps.ts';
import { createTurns } from './in-turn.ts';
import { subjectOf, type Decision } from './report/decision.ts';
import { damagedReport, mergeReport, shownReport } from './report/merge.ts';
import { createReportStore, type ReportStore, type StoredReport } from './report/report-store.ts';

/**
 * What moved since it was deployed, and the ways back. A check changes nothing in a cloud; reverting makes a proposal,
 * accepting writes files of the workspace.
 */
export function createDriftService(deps: DriftDeps): DriftService {
  const store = createReportStore(deps.workspace.paths.data);
  const inTurn = createTurns();
  const show = (stored: StoredReport): Promise<DriftReport> =>
    shownReport(stored, { at: deps.clock.now(), stateOf: deps.deploymentState });

  return {
    async list() {
      const { reports, damaged } = await store.all();
      for (const { file, why } of damaged) deps.logger.warn('drift.report-damaged', { file, why });
      return [...(await Promise.all(reports.map(show))), ...damaged.map(damagedReport)];
    },

    check: ({ environment }, call) =>
      inTurn(environment, async () => {
        deps.workspace.assertWritable();
        const nodes = await nodesOf(deps, environment, call.signal);
        const previous = await previousReport(deps, store, environment);
        const outcome = await checkEnvironment(deps, environment, { nodes, signal: call.signal });
        const report = await mergeReport(previous, outcome, {
          environment,
          at: deps.clock.now(),
          nodes,
          stateOf: deps.deploymentState,
        });
        await store.write(report);
        deps.logger.info('drift.checked', {
          environment,
          nodes: nodes.length,
          items: report.items.length,
          failures: report.failures.length,
        });
        deps.events.changed(['drift', 'environments'], environment);
        return show(report);
      }),

    revert: ({ environment, items, reason }, call) =>
      inTurn(environment, async () => {
        deps.workspace.assertWritable();
        const { stored, chosen } = await chosenItems(store, environment, items);
        refuseWhatNothingPutsBack(stored, chosen);
        const named = chosen.map((item) => item.address).join(', ');
        const deployment = await deps.propose(
          { environment, reason: reason === '' ? `Put back what moved: ${named}` : reason },
          call,
        );
        await decide({ deps, store }, stored, {
          chosen,
          decision: { action: 'revert', reason, until: null, result: deployment.id, ...byNow(deps, call) },
        });
        return deployment;
      }),

    accept: ({ environment, items, reason }, call) =>
      inTurn(environment, async () => {
        deps.workspace.assertWritable();
        const { stored, chosen } = await chosenItems(store, environment, items);
        const nodes = await nodesOf(deps, environment, call.signal);
        const { changed, draft } = await acceptItems(deps, { environment, chosen, nodes, reason, call });
        const report = await decide({ deps, store }, stored, {
          chosen,
          decision: { action: 'accept', reason, until: null, result: draft, ...byNow(deps, call) },
        });
        return { report: await show(report), changed: [...changed], draft };
      }),

    ignore: ({ environment, items, reason, until }, call) =>
      inTurn(environment, async () => {
        deps.workspace.assertWritable();
        if (until !== null && until <= deps.clock.now()) {
          throw new AppError('bad-input', 'The end date of an ignore rule must lie in the future.', {
            details: { field: 'until', until },
          });
        }
        const { stored, chosen } = await chosenItems(store, environment, items);
        const report = await decide({ deps, store }, stored, {
          chosen,
          decision: { action: 'ignore', reason, until, result: null, ...byNow(deps, call) },
        });
        return show(report);
      }),
  };
}

async function nodesOf(deps: DriftDeps, environment: string, signal: AbortSignal): Promise<readonly DeployedNode[]> {
  const nodes = await deps.deployedNodes(environment, signal);
  if (nodes.length > 0) return nodes;
  throw new AppError('not-found', `Nothing of the environment ${environment} is deployed.`, {
    advice: 'Deploy it first; then what runs can be compared with it.',
    details: { environment },
  });
}

/** The last report, for its decisions. A damaged one gives way to the new report. */
async function previousReport(deps: DriftDeps, store: ReportStore, environment: string): Promise<StoredReport | null> {
  try {
    return await store.read(environment);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.details['file'] !== undefined)) throw thrown;
    deps.logger.warn('drift.report-replaced', { environment, why: thrown.message });
    return null;
  }
}

async function chosenItems(
  store: ReportStore,
  environment: string,
  ids: readonly string[],
): Promise<{ readonly stored: StoredReport; readonly chosen: readonly DriftItem[] }> {
  const stored = await store.read(environment);
  if (stored === null) {
    throw new AppError('not-found', `The environment ${environment} was never checked.`, {
      advice: 'Check it first.',
      details: { environment },
    });
  }
  const chosen = [...new Set(ids)].map((id) => {
    const item = stored.items.find((one) => one.id === id);
    if (item !== undefined) return item;
    throw new AppError('not-found', `The last check of ${environment} holds no difference ${id}.`, {
      advice: 'It may be gone by now: look at the newest report.',
      details: { environment, item: id },
    });
  });
  return { stored, chosen };
}

function refuseWhatNothingPutsBack(stored: StoredReport, chosen: readonly DriftItem[]): void {
  const open = chosen.find((item) => item.change === 'unmanaged' || stored.notRevertible.includes(item.id));
  if (open === undefined) return;
  const attributes = open.attributes.map(({ path }) => path).join(', ');
  throw new AppError(
    'bad-input',
    `A deployment would not put ${open.address} back: nothing in the code decides ${attributes || 'it'}.`,
    {
      advice: 'Undo the change in the cloud by hand, or put the attribute into the module so that it is decided.',
      details: { item: open.id, address: open.address },
    },
  );
}

function byNow(deps: DriftDeps, call: Call): Pick<Decision, 'by' | 'at'> {
  return { by: call.actor.name, at: deps.clock.now() };
}

async function decide(
  { deps, store }: { readonly deps: DriftDeps; readonly store: ReportStore },
  stored: StoredReport,
  { chosen, decision }: { readonly chosen: readonly DriftItem[]; readonly decision: Decision },
): Promise<StoredReport> {
  const decided = chosen.map((item) => [item.id, { node: item.node, subject: subjectOf(item), decision }] as const);
  const report = { ...stored, decisions: { ...stored.decisions, ...Object.fromEntries(decided) } };
  await store.write(report);
  deps.events.changed(['drift', 'environments'], stored.environment);
  return report;
}
