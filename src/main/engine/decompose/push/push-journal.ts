import path from 'node:path';
import { splitLockSchema, splitPushSchema, type SplitPush } from '#shared/model/index.ts';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';
import { readSplitFile, splitFolder } from '../emit/split-record.ts';

/** Before locks were held, pushes were kept without one. */
const keptPushSchema = splitPushSchema.extend({ lock: splitLockSchema.nullable().default(null) });

function fileOf(workspace: Pick<WritableWorkspace, 'paths'>, blueprint: string): string {
  return path.join(splitFolder(workspace, blueprint), 'push.json');
}

/** How far the states of a split were pushed; null when they never were. */
export function readPush(workspace: Pick<WritableWorkspace, 'paths'>, blueprint: string): Promise<SplitPush | null> {
  return readSplitFile(fileOf(workspace, blueprint), keptPushSchema);
}

/** Written, and on disk, before each step that changes a state: after a crash it says what may have happened. */
export async function writePush(workspace: WritableWorkspace, push: SplitPush): Promise<void> {
  await writeFileAtomically(fileOf(workspace, push.blueprint), JSON.stringify(push), { mode: 0o600 });
}

/** A push with one place in another state. */
export function withPlace(push: SplitPush, place: string, status: SplitPush['places'][number]['status']): SplitPush {
  return { ...push, places: push.places.map((one) => (one.place === place ? { ...one, status } : one)) };
}
