import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Actor, Audience, Release } from '#shared/model/index.ts';
import { editYaml, readTextIfThere, writeFileAtomically } from '#engine/files/index.ts';
import type { Clock } from '../ports/index.ts';
import { plainData } from './draft-files.ts';
import type { Library } from './library.ts';
import { dayOf } from './publish.ts';
import { readRelease, releaseFile, versionsOf } from './release-files.ts';

interface Change {
  readonly name: string;
  readonly version: string;
  readonly actor: Actor;
}

async function changeRelease(
  library: Library,
  change: Change & { readonly clock: Clock },
  next: { readonly fields: Partial<Release>; readonly line: string },
): Promise<Release> {
  const { workspace } = library;
  workspace.assertWritable();
  const stored = await readRelease(workspace.paths, change, null);
  if (!stored.intact) {
    throw new AppError(
      'digest-mismatch',
      `${change.name} ${change.version} is not what was published; it was not changed.`,
      {
        advice: 'Restore it from git.',
        details: { name: change.name, version: change.version },
      },
    );
  }
  const entry = { date: dayOf(change.clock), author: change.actor.name, change: next.line };
  const release: Release = { ...stored.release, ...next.fields, history: [...stored.release.history, entry] };
  const file = path.join(stored.folder, releaseFile);
  await writeFileAtomically(file, editYaml((await readTextIfThere(file)) ?? '', plainData(release)));
  return release;
}

function audienceText(audience: Audience): string {
  const people = audience.people === 'everyone' ? 'everyone' : audience.people.join(', ') || 'nobody';
  return `people: ${people}; agents: ${audience.agents}`;
}

/** Says who may deploy a version; a line of its history, not of its content. */
export async function setAudience(
  library: Library,
  change: Change & { readonly audience: Audience },
  clock: Clock,
): Promise<Release> {
  const { audience } = change;
  return changeRelease(
    library,
    { ...change, clock },
    { fields: { audience }, line: `audience is now ${audienceText(audience)}` },
  );
}

async function checkSuccessor(library: Library, change: Change, successor: string): Promise<void> {
  const [name = '', version] = successor.includes('@') ? successor.split('@') : [change.name, successor];
  const versions = await versionsOf(library.workspace.paths, name);
  const itself = name === change.name && version === change.version;
  if (version !== undefined && versions.includes(version) && !itself) return;
  throw new AppError('bad-input', `${successor} cannot follow ${change.name} ${change.version}.`, {
    advice: versions.length === 0 ? 'Name a version that is published.' : `There are ${versions.join(', ')}.`,
    details: { field: 'successor' },
  });
}

/** Deprecates (with a successor), withdraws (with a reason) or reactivates a version. Throws `bad-input`. */
export async function setStatus(
  library: Library,
  change: Change & { readonly status: Release['status']; readonly reason: string; readonly successor: string | null },
  clock: Clock,
): Promise<Release> {
  const { status, successor } = change;
  const reason = change.reason.trim();
  if (status === 'withdrawn' && reason === '') {
    throw new AppError('bad-input', 'A version is withdrawn with a reason.', {
      advice: 'Say why, so that those who run it know what to do.',
      details: { field: 'reason' },
    });
  }
  if (successor !== null) await checkSuccessor(library, change, successor);
  const fields = {
    status,
    successor: status === 'active' ? null : successor,
    reason: status === 'active' || reason === '' ? null : reason,
  };
  const because = reason === '' ? '' : `: ${reason}`;
  const after = fields.successor === null ? '' : `, successor ${fields.successor}`;
  return changeRelease(library, { ...change, clock }, { fields, line: `${status}${after}${because}` });
}
