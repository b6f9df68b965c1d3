import { hash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { readSelectionId, selectionId } from '#shared/model/index.ts';
import { readTextIfThere, writeFileAtomically } from '#engine/files/index.ts';

/** Selections of resources by their digest: files of the workspace's own data, the newest of which stay. */
export interface Selections {
  /** Keeps some ids and answers the one that stands for all of them. */
  keep(ids: readonly string[]): Promise<string>;
  /** Ids with those of kept selections in their place. Throws `not-found` for one that is not kept any more. */
  expand(ids: readonly string[]): Promise<readonly string[]>;
}

/** Files kept; older ones go. Each is as large as its ids, a megabyte for ten thousand. */
const most = 40;
/** Selections kept in memory: table, facets and drawing of one are asked one after the other. */
const mostInMemory = 4;

export function createSelections(folder: string): Selections {
  const known = new Map<string, readonly string[]>();

  function remember(digest: string, ids: readonly string[]): readonly string[] {
    known.delete(digest);
    known.set(digest, ids);
    const [oldest] = known.keys();
    if (known.size > mostInMemory && oldest !== undefined) known.delete(oldest);
    return ids;
  }

  const fileOf = (digest: string): string => path.join(folder, `${digest}.json`);

  async function read(digest: string): Promise<readonly string[]> {
    const ids = known.get(digest);
    if (ids !== undefined) return remember(digest, ids);
    const text = await readTextIfThere(fileOf(digest));
    if (text !== null) return remember(digest, JSON.parse(text) as string[]);
    throw new AppError('not-found', 'That selection is not kept any more.', {
      advice: 'Select the resources again.',
      details: { selection: digest },
    });
  }

  async function removeOldest(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{32}\.json$/.test(name));
    if (names.length <= most) return;
    const aged = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(path.join(folder, name))).mtimeMs })),
    );
    aged.sort((left, right) => right.at - left.at);
    for (const { name } of aged.slice(most)) await rm(path.join(folder, name), { force: true });
  }

  return {
    async keep(ids) {
      const all = [...new Set(await this.expand(ids))].sort();
      const text = JSON.stringify(all);
      const digest = hash('sha256', text, 'hex').slice(0, 32);
      await writeFileAtomically(fileOf(digest), text);
      remember(digest, all);
      await removeOldest();
      return selectionId(digest, all.length);
    },
    async expand(ids) {
      if (ids.every((id) => readSelectionId(id) === null)) return ids;
      const all: string[] = [];
      for (const id of ids) {
        const kept = readSelectionId(id);
        if (kept === null) all.push(id);
        else for (const one of await read(kept.digest)) all.push(one);
      }
      return all;
    },
  };
}
