import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { estateImportReportSchema, type EstateImportReport } from '#shared/model/index.ts';
import { importReportFile } from './layout.ts';
import { writeWhole } from './run-record.ts';

/** Keeps the report of an import in its run's folder. */
export async function writeImportReport(directory: string, report: EstateImportReport): Promise<void> {
  await writeWhole(join(directory, importReportFile), `${JSON.stringify(report)}\n`);
}

/** The report of an import; null when the run has none. Throws `not-found` when it is there and cannot be read. */
export async function readImportReport(directory: string): Promise<EstateImportReport | null> {
  const path = join(directory, importReportFile);
  try {
    return estateImportReportSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('not-found', `The report of this import cannot be read (${path}).`, {
      advice: 'Its facts are kept and shown. Import the files again for a new report.',
      details: { path },
      cause: error,
    });
  }
}
