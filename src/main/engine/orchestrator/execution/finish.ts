import { toAppError } from '#shared/errors/index.ts';
import type { DeploymentState, EnvironmentDocument, Problem } from '#shared/model/index.ts';
import { problemOf, type Context } from '../context.ts';
import type { DeploymentRecord } from '../journal/index.ts';
import { tidy } from '../tidy.ts';

/** Ends a deployment: its environment's file first, then the final state, then the map and what is not needed any more. */
export async function finish(
  context: Context,
  id: string,
  { state, problems }: { readonly state: DeploymentState; readonly problems: readonly Problem[] },
): Promise<void> {
  const record = context.journal.record(id);
  const all = [...problems];
  if (state === 'SUCCEEDED') {
    try {
      await writeEnvironment(context, record);
    } catch (thrown) {
      const { message, advice } = toAppError(thrown);
      all.push(problemOf({ code: 'environment-not-written', message, advice }));
    }
  }
  if (state === 'SUCCEEDED') await tidy(context, record);
  context.journal.append(id, { type: 'state', state, problems: all });
  context.logs.write(id, { at: context.journal.now(), node: '', level: 'info', text: `Deployment ${state}.` });
  context.logs.flush(id);
  context.events.changed(['deployments', 'environments', 'estate'], id);
  if (record.startedAt !== null) await showInGraph(context);
  context.journal.keepCopy();
}

async function writeEnvironment(context: Context, record: DeploymentRecord): Promise<void> {
  if (record.kind === 'remove') {
    await context.environments.remove(record.environment);
    return;
  }
  const document: EnvironmentDocument = {
    environment: record.environment,
    blueprint: `${record.blueprint}@${record.version}`,
    target: record.target,
    inputs: { ...record.given },
    ...(Object.keys(record.imports).length === 0 ? {} : { imports: mutable(record.imports) }),
  };
  await context.environments.write(document);
}

function mutable(imports: DeploymentRecord['imports']): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(imports).map(([step, ids]) => [step, { ...ids }]));
}

/** The map follows; that it could not be built now is told and takes nothing back. */
async function showInGraph(context: Context): Promise<void> {
  try {
    await context.graphBuilder.rebuild(new AbortController().signal);
  } catch (thrown) {
    const { message } = toAppError(thrown);
    context.logger.warn('orchestrator.graph-not-rebuilt', { message });
    context.workspace.notify({
      id: 'graph-behind-deployment',
      severity: 'warning',
      title: 'The map does not show the last deployment yet',
      detail: `${message} It is shown after the next discovery.`,
    });
  }
}
