import type { DeploymentState, DriftItem, DriftReport } from '#shared/model/index.ts';
import type { CheckOutcome } from '../check/check-environment.ts';
import type { DeployedNode } from '../deps.ts';
import { isOver, revertProgress, stillStands, subjectOf, type Decision } from './decision.ts';
import type { DamagedReport, StoredDecision, StoredReport } from './report-store.ts';

export type StateLookup = (id: string) => Promise<DeploymentState | null>;

/**
 * The new report of an environment: what was found, with the decisions of the last one that still stand. A decision
 * whose difference is gone goes with it; those of steps that could not be read are kept.
 */
export async function mergeReport(
  previous: StoredReport | null,
  outcome: CheckOutcome,
  now: {
    readonly environment: string;
    readonly at: number;
    readonly nodes: readonly DeployedNode[];
    readonly stateOf: StateLookup;
  },
): Promise<StoredReport> {
  const decisions: Record<string, StoredDecision> = {};
  for (const [id, stored] of Object.entries(previous?.decisions ?? {})) {
    const found = outcome.items.find(({ item }) => item.id === id)?.item;
    const keep = found === undefined ? outcome.unread.includes(stored.node) : await holdsFor(stored, found, now);
    if (keep) decisions[id] = stored;
  }
  return {
    format: 1,
    environment: now.environment,
    checkedAt: now.at,
    items: outcome.items.map(({ item }) => item),
    notRevertible: outcome.items.filter(({ revertible }) => !revertible).map(({ item }) => item.id),
    failures: outcome.failures,
    decisions,
  };
}

async function holdsFor(
  stored: StoredDecision,
  item: DriftItem,
  now: { readonly at: number; readonly nodes: readonly DeployedNode[]; readonly stateOf: StateLookup },
): Promise<boolean> {
  const { decision } = stored;
  const state = decision.action === 'revert' && decision.result !== null ? await now.stateOf(decision.result) : null;
  return stillStands(decision, {
    sameSubject: stored.subject === subjectOf(item),
    at: now.at,
    deployedAt: now.nodes.find((node) => node.id === item.node)?.deployedAt ?? 0,
    reverting: revertProgress(state),
  });
}

/** A stored report as it is shown now: with its decisions, less ignore rules that are over and reverts that failed. */
export async function shownReport(
  stored: StoredReport,
  now: { readonly at: number; readonly stateOf: StateLookup },
): Promise<DriftReport> {
  const items = await Promise.all(
    stored.items.map(async (item): Promise<DriftItem> => {
      const decision = stored.decisions[item.id]?.decision ?? null;
      return { ...item, decision: decision !== null && (await isShown(decision, now)) ? decision : null };
    }),
  );
  return {
    environment: stored.environment,
    status: statusOf(items, stored.failures),
    checkedAt: stored.checkedAt,
    items,
    failures: stored.failures,
  };
}

async function isShown(decision: Decision, now: { at: number; stateOf: StateLookup }): Promise<boolean> {
  if (decision.action === 'ignore') return !isOver(decision, now.at);
  if (decision.action === 'accept' || decision.result === null) return true;
  // Put back or not, only the next check can tell; that it was refused is known now.
  return revertProgress(await now.stateOf(decision.result)) !== 'failed';
}

/** Never `none` while something could not be read; what is ignored for a reason is no drift. */
function statusOf(items: readonly DriftItem[], failures: DriftReport['failures']): DriftReport['status'] {
  if (items.some((item) => item.decision?.action !== 'ignore')) return 'drifted';
  return failures.length > 0 ? 'failed' : 'none';
}

/** A report that cannot be read, told as a failed one that names the file. */
export function damagedReport(damaged: DamagedReport): DriftReport {
  return {
    environment: damaged.environment,
    status: 'failed',
    checkedAt: Math.round(damaged.modifiedAt),
    items: [],
    failures: [
      { node: damaged.file, message: `The last report cannot be read (${damaged.why}). Check the environment again.` },
    ],
  };
}
