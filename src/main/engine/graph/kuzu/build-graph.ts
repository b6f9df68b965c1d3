import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphBuildReport, GraphInput } from '#engine/ports/index.ts';
import { openDatabase } from './database.ts';
import { checksumFile, graphFileName, nextGeneration, type GraphPointer } from './graph-folder.ts';
import { loadGraph } from './load-graph.ts';

const writerPoolBytes = 2 ** 30;

export interface BuiltGraph {
  readonly pointer: GraphPointer;
  readonly counts: Omit<GraphBuildReport, 'milliseconds'>;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/**
 * Builds a graph into a new file beside the current one and closes it again. On failure or abort nothing of it is
 * left and the current graph is untouched.
 */
export async function buildGraphFile(folder: string, input: GraphInput, signal: AbortSignal): Promise<BuiltGraph> {
  const generation = await nextGeneration(folder);
  const file = graphFileName(generation);
  const path = join(folder, file);
  const rows = join(folder, `build-${generation}`);
  await mkdir(rows);
  try {
    const database = await openDatabase({ path, readOnly: false, bufferPoolBytes: writerPoolBytes });
    let counts: BuiltGraph['counts'];
    const connection = database.connect();
    try {
      counts = await loadGraph({ connection, input, directory: rows, signal });
      // Asked for here because closing does it too, but keeps its failures to itself.
      await connection.run('CHECKPOINT');
    } finally {
      await connection.close();
      await database.close();
    }
    await syncFile(path);
    return { pointer: { file, ...(await checksumFile(path)) }, counts };
  } catch (error) {
    for (const suffix of ['', '.wal', '.shadow', '.tmp'])
      await rm(`${path}${suffix}`, { force: true, recursive: true });
    throw error;
  } finally {
    await rm(rows, { recursive: true, force: true });
  }
}
