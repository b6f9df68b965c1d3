import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '#shared/errors/index.ts';
import type { Run, RunProgress } from '#shared/model/index.ts';
import type { ActionContext } from './command.ts';

/** A small map shows what a cancelled run kept at once; a large one is not waited for. */
const graphWaitMs = 600;

/** Tells the progress of a run until it is done; Ctrl-C cancels it and waits for its end. */
export async function endOfRun(context: ActionContext, run: number): Promise<Run> {
  const { client, output, signal } = context;
  const stopped = new Promise<Run>((resolve, reject) => {
    const cancel = (): void => {
      output.progress('cancelling …');
      client.discovery.cancel({ run }).then(resolve, reject);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  const ended = await Promise.race([follow(context, run), stopped.then((last) => shown(context, last))]);
  output.progress('');
  return ended;
}

/** Tells the progress of a run and resolves with its end. Never resolves once the command is interrupted. */
async function follow({ client, output, signal }: ActionContext, run: number): Promise<Run> {
  let last: RunProgress | null = null;
  for await (const progress of await client.discovery.progress({ run })) {
    if (signal.aborted) break;
    last = progress;
    output.progress(progressLine(progress));
  }
  if (signal.aborted) return new Promise(() => undefined);
  if (last === null) throw new AppError('engine-gone', `The engine says nothing of run ${run}.`);
  return last.run;
}

async function shown({ client }: ActionContext, run: Run): Promise<Run> {
  const inGraph = async (): Promise<void> => {
    for await (const { phase } of await client.discovery.progress({ run: run.id })) if (phase === 'done') return;
  };
  await Promise.race([inGraph(), wait(graphWaitMs)]);
  return run;
}

function progressLine({ cells, phase, reading, run }: RunProgress): string {
  if (reading !== undefined) {
    const share = reading.bytes === 0 ? 100 : Math.floor((reading.bytesRead / reading.bytes) * 100);
    const where = reading.file === null ? '' : ` ${reading.file},`;
    return `${phase}:${where} ${share} %, ${reading.records} records, ${reading.broken} broken`;
  }
  const done = cells.reduce((sum, cell) => sum + cell.done, 0);
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  return `${phase}: ${done} of ${total} listings, ${run.resources} resources`;
}
