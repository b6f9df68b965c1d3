import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readState, stateText, type ReadState, type StateFile } from '../state/state-file.ts';
import { emptied, restored, substanceOf } from '../state/way-back.ts';
import { layOut, placeState } from './part-folder.ts';
import type { TryOptions } from './plan-parts.ts';

/** Puts states into one place with the tool, one after another, and reads back what is there then. */
async function placeToPush(
  name: string,
  { tool, access, workspace, scratch, signal }: Omit<TryOptions, 'wiring'>,
): Promise<{ readonly stateFile: string; push(state: StateFile): Promise<StateFile> }> {
  const { folder, stateFile } = await layOut({
    folder: path.join(scratch, name),
    content: [{ path: 'main.tf', text: '# Only a place for states.\n' }],
    workspace,
  });
  const run = { folder, access, workspace, signal };
  await tool.initialize(run);
  return {
    stateFile,
    async push(state) {
      const file = path.join(scratch, `${name}.tfstate`);
      await writeFile(file, stateText(state), { mode: 0o600 });
      await tool.pushState({ ...run, file, lock: 'take' });
      return readState(await tool.pullState(run), 'the copy').file;
    },
  };
}

/**
 * Goes the whole way and back with the tool on copies: the old state is emptied as a push would do it, and put back
 * from its backup; a part's state is pushed into an empty place and emptied again. Answers what was not as it should be.
 */
export async function rehearseWayBack(
  old: ReadState,
  part: StateFile | null,
  options: Omit<TryOptions, 'wiring'>,
): Promise<readonly string[]> {
  const findings: string[] = [];
  const root = await placeToPush('way back of the root', options);
  await placeState({ folder: options.scratch, stateFile: root.stateFile }, old.text);
  const retired = await root.push(emptied(old.file));
  if (retired.resources.length > 0) findings.push('the old state was not emptied');
  const back = await root.push(restored(old.file, retired.serial));
  if (substanceOf(back) !== substanceOf(old.file)) {
    findings.push('the backup does not give the old state back');
  }
  if (part === null) return findings;
  const place = await placeToPush('way back of a part', options);
  const there = await place.push(part);
  if (substanceOf(there) !== substanceOf(part)) findings.push('a part’s state did not arrive as it was pushed');
  const gone = await place.push(emptied(there));
  if (gone.resources.length > 0) findings.push('a part’s state was not emptied');
  return findings;
}
