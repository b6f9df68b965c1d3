import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { SplitDecisions } from '#shared/model/index.ts';
import type { Clock, EventSink, SplitService, Workspace, WritableWorkspace } from '../ports/index.ts';
import { artifactName } from './emit/documents.ts';
import { outputFolder } from './emit/output-folder.ts';
import { prepareEmission } from './emit/prepare-emission.ts';
import { writeParts } from './emit/write-parts.ts';
import { openPoints } from './proof/open-points.ts';
import { staticChecks } from './proof/static-checks.ts';
import { decideSplit, type Split } from './proposal/decide.ts';
import { toProposal } from './proposal/to-proposal.ts';
import { createAnalysisCache } from './source/analysis-cache.ts';
import { rootFolder } from './source/root-source.ts';

/** What the split service needs from outside. */
export interface SplitDeps {
  /** The open workspace, or null. */
  readonly workspace: () => Workspace | null;
  readonly clock: Clock;
  readonly events: EventSink;
}

/** Nothing may be written while something of the root is not understood, or its parts need one another. */
function refuseUnfit(split: Split): void {
  const broken = split.analysis.problems.filter(({ severity }) => severity === 'error');
  const [first] = broken;
  if (first !== undefined) {
    throw new AppError('bad-input', `The root cannot be taken apart as it is: ${first.message}`, {
      advice: first.advice ?? 'Mend it first.',
      details: { problems: broken.map(({ message }) => message) },
    });
  }
  if (split.cycles.length === 0) return;
  const cycles = split.cycles.map((groups) => groups.join(', '));
  throw new AppError('bad-input', `Parts need one another: ${cycles.join('; ')}.`, {
    advice: 'Remove pins, so that a resource can be moved out of the circle.',
    details: { cycles },
  });
}

/** A secret leaves the part that owns it only when a person says so. */
function refuseSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0) return;
  throw new AppError('bad-input', `Secrets would cross between parts: ${secrets.join(', ')}.`, {
    advice: 'Pin what reads them to the part that owns them, or allow secrets to cross.',
    details: { secrets: [...secrets] },
  });
}

/** Taking a monolithic root apart: the service behind the contract's `split`. */
export function createSplitService(deps: SplitDeps): SplitService {
  const analyses = createAnalysisCache();

  async function split(root: string, decisions: SplitDecisions, signal: AbortSignal): Promise<Split> {
    const base = deps.workspace()?.paths.root;
    const folder = await rootFolder(base === undefined ? path.resolve(root) : path.resolve(base, root));
    return decideSplit(await analyses.read(folder, signal), decisions);
  }

  async function outputOf(out: string | null, root: string): Promise<WritableWorkspace> {
    if (out !== null) return outputFolder(out, root);
    const open = deps.workspace();
    if (open !== null) return open;
    throw new AppError('no-workspace', 'No workspace is open, and no folder was given.', {
      advice: 'Give a folder for the parts, or open a workspace.',
    });
  }

  return {
    async propose({ root, decisions }, { signal }) {
      return toProposal(await split(root, decisions, signal));
    },

    async emit({ root, decisions, options, out }, { signal }) {
      const decided = await split(root, decisions, signal);
      refuseUnfit(decided);
      const prepared = await prepareEmission(decided, { options, signal });
      if (!options.allowSecrets) refuseSecrets(prepared.secrets);
      const workspace = await outputOf(out, decided.analysis.source.folder);
      const written = await writeParts(workspace, { root: decided.analysis.source.folder, ...prepared });
      deps.events.changed(['artifacts', 'blueprints', 'environments'], prepared.naming.blueprint);
      return {
        workspace: workspace.paths.root,
        artifacts: prepared.parts.map(({ name }) => artifactName(prepared.naming, name)),
        blueprint: prepared.naming.blueprint,
        environment: prepared.environment?.environment ?? null,
        files: [...written.files],
        problems: [...prepared.problems, ...written.problems],
      };
    },

    async *prove({ root, decisions, options }, { signal }) {
      yield { type: 'doing', text: 'Cutting the parts' };
      const decided = await split(root, decisions, signal);
      const prepared = await prepareEmission(decided, { options, signal });
      const checks = [
        ...(await staticChecks(decided, { ...prepared, allowSecrets: options.allowSecrets })),
        ...openPoints(),
      ];
      for (const check of checks) yield { type: 'check', check };
      const complete = checks.every(({ status }) => status === 'proven');
      yield { type: 'done', proof: { complete, at: deps.clock.now(), checks } };
    },
  };
}
