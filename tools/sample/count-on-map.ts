import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = path.join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts');

interface Stats {
  readonly resources: number;
  readonly relationships: number;
  readonly byRelationship: Readonly<Record<string, number>>;
}

/**
 * Loads the sample as a user does and counts what the map then shows of it. What its bodies refer to is left out: that
 * is found anew at each load, and more of it as the app learns.
 */
export async function countOnMap(): Promise<{ readonly resources: number; readonly relationships: number }> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'groundplan-sample-'));
  const groundplan = async (...args: string[]): Promise<string> =>
    (await run(process.execPath, [program, '--workspace', path.join(workspace, 'sample'), ...args])).stdout;
  try {
    await groundplan('sample');
    const { resources, relationships, byRelationship } = JSON.parse(
      await groundplan('graph', 'stats', '--json'),
    ) as Stats;
    return { resources, relationships: relationships - (byRelationship['REFERENCES'] ?? 0) };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
