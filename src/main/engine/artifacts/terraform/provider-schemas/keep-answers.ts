import path from 'node:path';
import semver from 'semver';
import type { Json } from '#shared/base/json.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Logger, TerraformTool } from '../../../ports/index.ts';
import { tableOfAnswer } from './from-tool.ts';
import { lockedVersions } from './locked-versions.ts';
import { versionsIn, writeTable } from './table-files.ts';

export interface KeepAnswersDeps {
  readonly logger: Pick<Logger, 'warn'>;
  /** The workspace's data folder. */
  readonly data: string;
}

/** Where a workspace keeps what providers answered. */
export function answersFolder(data: string): string {
  return path.join(data, 'provider-schemas');
}

/**
 * The tool, which keeps what providers say of their schemas when a check or a proof asks them, each version once.
 * These were fetched and verified by the tool's own `init` for work that somebody asked for; nothing is run for the
 * sake of the tables. An answer that cannot be kept is logged: the tables that come with the app stand in for it.
 */
export function keepAnswers(tool: TerraformTool, { logger, data }: KeepAnswersDeps): TerraformTool {
  const asked = answersFolder(data);

  async function keep(answer: Json, directory: string): Promise<void> {
    for (const [provider, version] of await lockedVersions(directory)) {
      // Both become a file's name.
      if (!/^[a-z0-9-]+$/i.test(provider) || semver.valid(version) === null) continue;
      if ((await versionsIn(asked, provider)).includes(version)) continue;
      await writeTable(asked, tableOfAnswer(answer, { provider, version }));
    }
  }

  return {
    ...tool,
    async providerSchemas(workdir, signal) {
      const answer = await tool.providerSchemas(workdir, signal);
      try {
        await keep(answer, workdir.path);
      } catch (error) {
        const { code, message } = toAppError(error);
        logger.warn('schemas.not-kept', { code, message });
      }
      return answer;
    },
  };
}
