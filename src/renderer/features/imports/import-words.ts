import type { RunProgress } from '#shared/model/index.ts';

export function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toLocaleString('en', { maximumFractionDigits: 1 });
}

/** What an import does now, in a sentence. */
export function wordsOf(progress: RunProgress | null): string {
  const reading = progress?.reading;
  if (progress === null || reading === undefined) return 'Opening the files…';
  if (progress.run.status !== 'running' || progress.phase === 'graph') return 'Putting it on the map…';
  if (progress.phase === 'writing') return 'Keeping what was read…';
  const which = reading.file === null ? '' : ` ${reading.file}`;
  const broken = reading.broken === 0 ? '' : `, ${reading.broken.toLocaleString('en')} broken`;
  const files =
    reading.files === 1 ? '' : `file ${Math.min(reading.files, reading.filesDone + 1)} of ${reading.files}, `;
  return `Reading${which}: ${files}${reading.records.toLocaleString('en')} records${broken}`;
}

/** How much of the files is read, in percent. */
export function shareOf(progress: RunProgress | null): number {
  const reading = progress?.reading;
  if (reading === undefined) return 0;
  return reading.bytes === 0 ? 100 : (reading.bytesRead / reading.bytes) * 100;
}
