import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { driftItemSchema, driftReportSchema, nameSchema } from '#shared/model/index.ts';
import { isTemporary, writeFileAtomically } from '../../files/index.ts';

const decisionSchema = z.object({
  node: z.string(),
  /** What the item was when it was decided on. */
  subject: z.string(),
  decision: driftItemSchema.shape.decision.unwrap(),
});

/** The document `.groundplan/drift/<environment>.json`. Items are stored without their decisions. */
const storedReportSchema = z.object({
  format: z.literal(1),
  environment: z.string(),
  checkedAt: z.number(),
  items: z.array(driftItemSchema),
  /** Ids of items that a deployment would not put back: the code leaves them open. */
  notRevertible: z.array(z.string()),
  failures: driftReportSchema.shape.failures,
  /** By item id. Those of steps that could not be read wait here until they can. */
  decisions: z.record(z.string(), decisionSchema),
});
export type StoredReport = z.infer<typeof storedReportSchema>;
export type StoredDecision = z.infer<typeof decisionSchema>;

/** A report that cannot be read: which, where, why. */
export interface DamagedReport {
  readonly environment: string;
  readonly file: string;
  readonly why: string;
  readonly modifiedAt: number;
}

/** The newest report of each environment, as files only the user can read. */
export interface ReportStore {
  /** Null when the environment was never checked. Throws `bad-input` for a damaged file. */
  read(environment: string): Promise<StoredReport | null>;
  write(report: StoredReport): Promise<void>;
  /** Everything there is; damaged files are named, the others still read. */
  all(): Promise<{ readonly reports: readonly StoredReport[]; readonly damaged: readonly DamagedReport[] }>;
}

export function createReportStore(dataFolder: string): ReportStore {
  const folder = path.join(dataFolder, 'drift');
  const fileOf = (environment: string): string => path.join(folder, `${environment}.json`);

  async function load(environment: string): Promise<StoredReport | DamagedReport | null> {
    const file = fileOf(environment);
    const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null;
      throw thrown;
    });
    if (text === null) return null;
    const damaged = async (why: string): Promise<DamagedReport> => ({
      environment,
      file: path.relative(path.dirname(dataFolder), file),
      why,
      modifiedAt: (await stat(file)).mtimeMs,
    });
    try {
      const parsed = storedReportSchema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      return await damaged(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}`);
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown;
      return damaged(thrown.message);
    }
  }

  return {
    async read(environment) {
      assertName(environment);
      const loaded = await load(environment);
      if (loaded !== null && 'why' in loaded) {
        throw new AppError('bad-input', `${loaded.file} cannot be read: ${loaded.why}`, {
          advice: 'Check the environment again: that writes a new report. Decisions in the damaged one are lost.',
          details: { file: loaded.file, environment },
        });
      }
      return loaded;
    },

    async write(report) {
      assertName(report.environment);
      await writeFileAtomically(fileOf(report.environment), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
    },

    async all() {
      const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
        // No environment was checked yet.
        if (thrown.code === 'ENOENT') return [];
        throw thrown;
      });
      const reports: StoredReport[] = [];
      const damaged: DamagedReport[] = [];
      for (const name of names.filter((one) => one.endsWith('.json') && !isTemporary(one)).sort()) {
        const loaded = await load(name.slice(0, -'.json'.length));
        if (loaded === null) continue;
        if ('why' in loaded) damaged.push(loaded);
        else reports.push(loaded);
      }
      return { reports, damaged };
    },
  };
}

/** The name becomes a file name: nothing but names of environments may come here. */
function assertName(environment: string): void {
  if (nameSchema.safeParse(environment).success) return;
  throw new AppError('bad-input', `"${environment}" cannot be the name of an environment.`, {
    details: { environment },
  });
}
