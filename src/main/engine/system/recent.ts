import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const recentSchema = z.object({
  recent: z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.number() })),
});
export type RecentWorkspace = z.infer<typeof recentSchema>['recent'][number];

/** The workspaces opened lately, kept in the user's settings folder. */
export interface RecentWorkspaces {
  list(): Promise<RecentWorkspace[]>;
  add(entry: RecentWorkspace): Promise<void>;
}

/** Recent workspaces in `<settings folder>/recent.json`, at most ten. */
export function createRecentWorkspaces(settingsFolder: string): RecentWorkspaces {
  const file = path.join(settingsFolder, 'recent.json');
  const list = async (): Promise<RecentWorkspace[]> => {
    try {
      const parsed = recentSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
      return parsed.success ? parsed.data.recent : [];
    } catch {
      // No list yet, or one that does not read: it is a convenience and starts anew.
      return [];
    }
  };
  return {
    list,
    async add(entry) {
      const others = (await list()).filter((known) => known.path !== entry.path);
      await mkdir(settingsFolder, { recursive: true });
      const temporary = `${file}.${process.pid}.tmp`;
      await writeFile(temporary, `${JSON.stringify({ recent: [entry, ...others].slice(0, 10) }, null, 2)}\n`);
      await rename(temporary, file);
    },
  };
}
