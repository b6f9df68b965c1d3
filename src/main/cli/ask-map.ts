import type { Command } from 'commander';
import { runAction, type ActionContext } from './command.ts';

/**
 * Runs a verb that asks the map. Where nothing was mapped yet, people are told on standard error: “nothing is exposed”
 * means something else then.
 */
export function askMap(command: Command, action: (context: ActionContext) => Promise<number>): Promise<void> {
  return runAction(command, async (context) => {
    const { client, output, signal } = context;
    if (!output.json && (await client.discovery.runs(undefined, { signal })).length === 0) {
      process.stderr.write(
        'Nothing was mapped yet. Begin with `groundplan discover`, `groundplan import FILE` or `groundplan sample`.\n',
      );
    }
    return action(context);
  });
}
