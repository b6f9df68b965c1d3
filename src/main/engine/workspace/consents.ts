import { hash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readTextIfThere, writeFileAtomically } from '../files/index.ts';
import type { Consents } from '../ports/index.ts';

const consentsSchema = z.object({
  /** The real path of the workspace that they are for. */
  workspace: z.string(),
  given: z.array(z.tuple([z.string(), z.string()])),
});

/**
 * Consents in `<settings folder>/consents/`, one file for each workspace by its real path: another copy of a workspace
 * has none of them. `root` is the workspace's folder; throws when there is none.
 */
export async function openConsents(settingsFolder: string, root: string): Promise<Consents> {
  const workspace = await realpath(root);
  const file = path.join(settingsFolder, 'consents', `${hash('sha256', workspace, 'hex').slice(0, 32)}.json`);
  let writing: Promise<unknown> = Promise.resolve();

  async function given(): Promise<ReadonlyMap<string, string>> {
    const kept = consentsSchema.safeParse(jsonOf(await readTextIfThere(file)));
    // Spoilt, or of another workspace, it says that nobody said yes.
    return new Map(kept.data?.workspace === workspace ? kept.data.given : []);
  }

  return {
    given,
    give(subject, digest) {
      const mine = writing.then(async () => {
        const all = new Map(await given()).set(subject, digest);
        const text = `${JSON.stringify({ workspace, given: [...all] }, null, 2)}\n`;
        await writeFileAtomically(file, text, { mode: 0o600 });
      });
      writing = mine.catch(() => undefined);
      return mine;
    },
  };
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
