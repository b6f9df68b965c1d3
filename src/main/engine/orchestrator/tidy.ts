import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from './context.ts';
import { isResting, type DeploymentRecord } from './journal/index.ts';

/**
 * Removes what a deployment no longer needs and what may hold secrets: its working folders and plan files. States,
 * logs and the readable plans stay. A plan file that another deployment may still run is left.
 */
export async function tidy(context: Context, record: DeploymentRecord): Promise<void> {
  await rm(path.join(context.workspace.paths.work, record.id), { recursive: true, force: true });
  const needed = new Set(
    context.journal
      .records()
      .filter((other) => other.id !== record.id && !isResting(other.state))
      .flatMap((other) => other.nodes.map((node) => node.plan.planFile)),
  );
  for (const { plan } of record.nodes) {
    if (plan.planFile !== null && !needed.has(plan.planFile)) await context.plans.forgetFile(plan.planFile);
  }
}

/** Plans whose time is over say so, without anybody having to try an approval first. */
export function expireOld(context: Context): void {
  const { journal } = context;
  if (journal.damage !== null || context.workspace.readOnly !== null) return;
  for (const record of journal.records()) {
    if (record.state !== 'AWAITING_APPROVAL' || record.plan === null || journal.now() <= record.plan.expiresAt)
      continue;
    journal.append(record.id, { type: 'state', state: 'EXPIRED' });
  }
}
