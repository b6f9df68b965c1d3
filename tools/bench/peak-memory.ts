import { readFile } from 'node:fs/promises';

/** The most memory a process ever held, in bytes, as Linux counts it; NaN elsewhere and once it has gone. */
export async function peakOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(text)?.[1]) * 1024;
}

/** The processes that a process has started and that still live, as Linux tells; none elsewhere. */
export async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text
    .split(' ')
    .filter((word) => word.trim() !== '')
    .map(Number);
}
