import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { logLineSchema, type LogLine } from '#shared/model/index.ts';

/** The lines of one deployment, numbered, in one NDJSON file; whoever follows gets them as they are written. */
export interface DeploymentLogs {
  write(deployment: string, line: Omit<LogLine, 'sequence'>): void;
  /** Lines after a number, of all nodes or one; `more` tells whether the limit cut them. */
  read(
    deployment: string,
    options: { readonly node: string | null; readonly after: number; readonly limit: number },
  ): Promise<{ lines: LogLine[]; more: boolean }>;
  subscribe(deployment: string, listener: (line: LogLine) => void): () => void;
  /** Makes what is written so far survive a power loss. */
  flush(deployment: string): void;
  close(): void;
}

interface OpenLog {
  readonly descriptor: number;
  sequence: number;
  size: number;
}

/** One deployment writes no more than this; a flood of lines must not fill the disk. */
const largestLog = 256 * 1024 * 1024;

export function createDeploymentLogs(folder: string): DeploymentLogs {
  const logs = new Map<string, OpenLog>();
  const listeners = new Map<string, Set<(line: LogLine) => void>>();
  const fileOf = (deployment: string): string => path.join(folder, `${deployment}.ndjson`);

  function opened(deployment: string): OpenLog {
    const known = logs.get(deployment);
    if (known !== undefined) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const last = lastSequence(fileOf(deployment));
    const log = { descriptor: openSync(fileOf(deployment), 'a', 0o600), ...last };
    if (last.torn) writeSync(log.descriptor, '\n');
    logs.set(deployment, log);
    return log;
  }

  return {
    write(deployment, line) {
      const log = opened(deployment);
      if (log.size > largestLog) return;
      log.sequence += 1;
      const full = { sequence: log.sequence, ...line };
      log.size += writeSync(log.descriptor, `${JSON.stringify(full)}\n`);
      if (log.size > largestLog) {
        const text = 'The log is cut here: it has grown past its limit. The run goes on.';
        writeSync(
          log.descriptor,
          `${JSON.stringify({ ...full, sequence: log.sequence + 1, level: 'warning', text })}\n`,
        );
      }
      for (const listener of listeners.get(deployment) ?? []) listener(full);
    },
    read: (deployment, options) => readLines(fileOf(deployment), options),
    subscribe(deployment, listener) {
      const set = listeners.get(deployment) ?? new Set();
      set.add(listener);
      listeners.set(deployment, set);
      return () => set.delete(listener);
    },
    flush(deployment) {
      const log = logs.get(deployment);
      if (log !== undefined) fsyncSync(log.descriptor);
    },
    close() {
      for (const log of logs.values()) closeSync(log.descriptor);
      logs.clear();
      listeners.clear();
    },
  };
}

/** The last number of a log and whether its last line was cut by a crash. */
function lastSequence(file: string): { sequence: number; size: number; torn: boolean } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { sequence: 0, size: 0, torn: false };
    throw thrown;
  }
  const numbers = text.split('\n').flatMap((line) => readLine(line)?.sequence ?? []);
  return { sequence: Math.max(0, ...numbers.slice(-1)), size: text.length, torn: text !== '' && !text.endsWith('\n') };
}

function readLine(text: string): LogLine | null {
  if (text === '') return null;
  try {
    return logLineSchema.parse(JSON.parse(text));
  } catch {
    // The one line that a crash cut in half; every other is whole.
    return null;
  }
}

async function readLines(
  file: string,
  options: { readonly node: string | null; readonly after: number; readonly limit: number },
): Promise<{ lines: LogLine[]; more: boolean }> {
  const handle = await open(file, 'r').catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  });
  if (handle === null) return { lines: [], more: false };
  const lines: LogLine[] = [];
  const reader = createInterface({ input: handle.createReadStream({ encoding: 'utf8' }), crlfDelay: Infinity });
  try {
    for await (const text of reader) {
      const line = readLine(text);
      if (line === null || line.sequence <= options.after) continue;
      if (options.node !== null && line.node !== options.node) continue;
      if (lines.length === options.limit) return { lines, more: true };
      lines.push(line);
    }
    return { lines, more: false };
  } finally {
    reader.close();
    await handle.close();
  }
}
