import path from 'node:path';
import type { SplitService, Workspace } from '../ports/index.ts';
import { decideSplit } from './proposal/decide.ts';
import { toProposal } from './proposal/to-proposal.ts';
import { createAnalysisCache } from './source/analysis-cache.ts';
import { rootFolder } from './source/root-source.ts';

/** What the split service needs from outside. */
export interface SplitDeps {
  /** The open workspace, or null. */
  readonly workspace: () => Workspace | null;
}

/** Taking a monolithic root apart: the service behind the contract's `split`. */
export function createSplitService(deps: SplitDeps): SplitService {
  const analyses = createAnalysisCache();
  async function analysisOf(root: string, signal: AbortSignal) {
    const base = deps.workspace()?.paths.root;
    const folder = await rootFolder(base === undefined ? path.resolve(root) : path.resolve(base, root));
    return analyses.read(folder, signal);
  }
  return {
    async propose({ root, decisions }, { signal }) {
      return toProposal(decideSplit(await analysisOf(root, signal), decisions));
    },
  };
}
