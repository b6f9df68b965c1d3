import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphInput, GraphShape } from '#engine/ports/index.ts';
import { writeShapeFile } from '../shape/index.ts';
import { openDatabase } from './database.ts';
import {
  checksumFile,
  graphFileName,
  graphFormat,
  nextGeneration,
  shapeFileName,
  type GraphPointer,
} from './graph-folder.ts';
import { loadGraph, type LoadedGraph } from './load-graph.ts';

const writerPoolBytes = 2 ** 30;

export interface BuiltGraph extends LoadedGraph {
  readonly pointer: GraphPointer;
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
  const path = join(folder, graphFileName(generation));
  const shapePath = join(folder, shapeFileName(generation));
  const rows = join(folder, `build-${generation}`);
  await mkdir(rows);
  try {
    const database = await openDatabase({ path, readOnly: false, bufferPoolBytes: writerPoolBytes });
    let loaded: LoadedGraph;
    let shape: GraphPointer['shape'] = { bytes: 0, checksum: 0 };
    const connection = database.connect();
    try {
      const keepShape = async (made: GraphShape): Promise<void> => {
        shape = await writeShapeFile(shapePath, made);
      };
      loaded = await loadGraph({ connection, input, directory: rows, signal, keepShape });
      // Asked for here because closing does it too, but keeps its failures to itself.
      await connection.run('CHECKPOINT');
    } finally {
      await connection.close();
      await database.close();
    }
    // What is read here is in memory: the disk is not asked for it while it takes it.
    const [written] = await Promise.all([checksumFile(path), syncFile(path)]);
    return { ...loaded, pointer: { format: graphFormat, generation, ...written, shape } };
  } catch (error) {
    for (const suffix of ['', '.wal', '.shadow', '.tmp'])
      await rm(`${path}${suffix}`, { force: true, recursive: true });
    await rm(shapePath, { force: true });
    throw error;
  } finally {
    await rm(rows, { recursive: true, force: true });
  }
}
