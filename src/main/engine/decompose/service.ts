import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { SplitDecisions, SplitPush, Target } from '#shared/model/index.ts';
import type {
  Clock,
  CloudAccess,
  CloudAccessSource,
  EventSink,
  RootTool,
  SplitService,
  Workspace,
  WritableWorkspace,
} from '../ports/index.ts';
import type { ProviderSchemas } from '../artifacts/index.ts';
import { artifactName } from './emit/documents.ts';
import { outputFolder, unopened } from './emit/output-folder.ts';
import { prepareEmission } from './emit/prepare-emission.ts';
import { readRecord, writeRecord } from './emit/split-record.ts';
import { writeParts } from './emit/write-parts.ts';
import { codeDigest, forgetProof, keepProof, readKeptProof, type KeptProof } from './proof/kept-proof.ts';
import { proveSplit, type MadeProof } from './proof/prove-split.ts';
import { decideSplit, type Split } from './proposal/decide.ts';
import { readDecisions } from './proposal/read-decisions.ts';
import { toProposal } from './proposal/to-proposal.ts';
import { readPush } from './push/push-journal.ts';
import { pushSplit, rollBackSplit, type PushRequest } from './push/push-split.ts';
import { notDividedAsThen } from './push/roll-back.ts';
import { nameOfRoot } from './source/analyse-root.ts';
import { createAnalysisCache } from './source/analysis-cache.ts';
import { findTarget } from './source/found-target.ts';
import { readRootValues } from './source/root-inputs.ts';
import { rootFolder } from './source/root-source.ts';
import { obtainState, readStateFile, type ObtainedState } from './state/obtain-state.ts';

/** What the split service needs from outside. */
export interface SplitDeps {
  /** The open workspace, or null. */
  readonly workspace: () => Workspace | null;
  /** Credentials by the open workspace's connections; null without a workspace. */
  readonly cloudAccess: () => CloudAccessSource | null;
  /** What is known of providers, for the types of what crosses. */
  readonly schemas: () => ProviderSchemas;
  readonly tool: RootTool;
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

/** States were pushed, or may have been, and were not taken back. */
function isStanding(push: SplitPush | null): push is SplitPush {
  return push !== null && push.status !== 'rolled-back';
}

/** States that were pushed belong to the parts as they are. */
function refusePushed(push: SplitPush | null): void {
  if (!isStanding(push)) return;
  throw new AppError('conflict', `The states of ${push.blueprint} were pushed; its parts cannot be written anew.`, {
    advice: 'Roll the push back first, or give the split another name.',
  });
}

type Confirmed = Parameters<SplitService['push']>[0];

/** Taking a monolithic root apart: the service behind the contract's `split`. */
export function createSplitService(deps: SplitDeps): SplitService {
  const analyses = createAnalysisCache(deps.schemas);

  function folderOf(root: string): Promise<string> {
    const base = deps.workspace()?.paths.root;
    return rootFolder(base === undefined ? path.resolve(root) : path.resolve(base, root));
  }

  async function split(root: string, decisions: SplitDecisions, signal: AbortSignal): Promise<Split> {
    return decideSplit(await analyses.read(await folderOf(root), signal), decisions);
  }

  async function outputOf(out: string | null, root: string): Promise<WritableWorkspace> {
    if (out !== null) return outputFolder(out, root);
    const open = deps.workspace();
    if (open !== null) return open;
    throw new AppError('no-workspace', 'No workspace is open, and no folder was given.', {
      advice: 'Give a folder for the parts, or open a workspace.',
    });
  }

  /** Credentials by the connections of the open workspace, where it has any; else those of this process. */
  async function accessOf(target: Target | null, signal: AbortSignal): Promise<CloudAccess> {
    const own = deps.tool.ownAccess();
    const source = deps.cloudAccess();
    const connected = (deps.workspace()?.connections() ?? []).length > 0;
    if (target === null || source === null || !connected) return own;
    const access = await source.accessFor(target, signal);
    return { ...access, env: { ...own.env, ...access.env } };
  }

  /** The workspace that holds the parts of this root already; null when they were not written there. */
  async function writtenTo(
    out: string | null,
    of: { readonly root: string; readonly blueprint: string },
  ): Promise<WritableWorkspace | null> {
    const workspace = out === null ? deps.workspace() : unopened(path.resolve(out));
    if (workspace === null) return null;
    return (await readRecord(workspace, of.blueprint))?.root === of.root ? workspace : null;
  }

  /** Values that a state marked as sensitive when the parts of this blueprint were proven. */
  async function markedIn(workspace: WritableWorkspace | null, blueprint: string): Promise<ReadonlySet<string>> {
    return new Set(workspace === null ? [] : (await readRecord(workspace, blueprint))?.sensitive);
  }

  /** Keeps what a proof with a state found; while a push stands its own proof is the way back, and stays. */
  async function keep(
    workspace: WritableWorkspace,
    result: MadeProof & { readonly obtained: ObtainedState; readonly made: NonNullable<KeptProof['made']> },
  ): Promise<void> {
    const { proof, prepared, marked, states, obtained, made } = result;
    const { blueprint } = prepared.naming;
    if (isStanding(await readPush(workspace, blueprint))) return;
    const record = await readRecord(workspace, blueprint);
    // The parts have to be written with these marks, and are from the next time on.
    if (record !== null) await writeRecord(workspace, blueprint, { ...record, sensitive: [...marked].sort() });
    if (states === null) return forgetProof(workspace, blueprint);
    await keepProof(workspace, blueprint, {
      at: proof.at,
      code: await codeDigest(prepared.parts),
      workspace: obtained.workspace,
      old: obtained.read,
      states,
      made,
    });
  }

  /** What a push is taken back with: what its parts were made with, whatever is decided now. */
  async function asMade(request: Confirmed): Promise<Confirmed> {
    const folder = await folderOf(request.root);
    const blueprint = request.options.name ?? nameOfRoot(folder);
    const workspace = await writtenTo(request.out, { root: folder, blueprint });
    const made = workspace === null ? null : (await readKeptProof(workspace, blueprint))?.made;
    if (made === null || made === undefined) return request;
    const { decisions, options } = made;
    return { ...request, decisions, options: { ...options, target: request.options.target ?? options.target } };
  }

  async function pushRequest(request: Confirmed, signal: AbortSignal): Promise<PushRequest> {
    const { root, decisions, options, out, confirm } = request;
    const decided = await split(root, decisions, signal);
    const { folder } = decided.analysis.source;
    const blueprint = options.name ?? nameOfRoot(folder);
    const workspace = await writtenTo(out, { root: folder, blueprint });
    if (workspace === null) {
      throw new AppError('conflict', `The parts of ${blueprint} are not written yet.`, {
        advice: 'Write them, then prove them with the state.',
      });
    }
    const prepared = await prepareEmission(decided, { options, marked: await markedIn(workspace, blueprint), signal });
    const access = await accessOf(options.target, signal);
    return { split: decided, prepared, workspace, confirm, tool: deps.tool, access, signal };
  }

  return {
    readDecisions: ({ file, text }) => Promise.resolve(readDecisions(text, file)),

    async propose({ root, decisions }, { signal }) {
      const decided = await split(root, decisions, signal);
      const { graph, source } = decided.analysis;
      const { values } = await readRootValues(source.folder, []);
      return toProposal(decided, findTarget({ graph, values, state: null }));
    },

    async emit({ root, decisions, options, stateFile, out }, { signal }) {
      const decided = await split(root, decisions, signal);
      refuseUnfit(decided);
      const { folder } = decided.analysis.source;
      const blueprint = options.name ?? nameOfRoot(folder);
      const marked = await markedIn(await writtenTo(out, { root: folder, blueprint }), blueprint);
      const state = stateFile === undefined ? null : (await readStateFile(stateFile)).file;
      const prepared = await prepareEmission(decided, { options, marked, state, signal });
      if (!options.allowSecrets) refuseSecrets(prepared.secrets);
      const workspace = await outputOf(out, decided.analysis.source.folder);
      refusePushed(await readPush(workspace, prepared.naming.blueprint));
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

    async *prove({ root, decisions, options, state, out }, { signal }) {
      const decided = await split(root, decisions, signal);
      const access = state.from === 'none' ? deps.tool.ownAccess() : await accessOf(options.target, signal);
      const { folder } = decided.analysis.source;
      if (state.from === 'root') yield { type: 'doing', text: 'Pulling the state' };
      const obtained = await obtainState(state, { root: folder, tool: deps.tool, access, signal });
      const { tool, clock } = deps;
      const blueprint = options.name ?? nameOfRoot(folder);
      const workspace = await writtenTo(out, { root: folder, blueprint });
      const marked = await markedIn(workspace, blueprint);
      const now = (): number => clock.now();
      const proving = proveSplit(decided, { options, marked, state: obtained, tool, access, now, signal });
      let step = await proving.next();
      for (; step.done !== true; step = await proving.next()) yield step.value;
      if (workspace !== null && obtained !== null)
        await keep(workspace, { ...step.value, obtained, made: { decisions, options } });
      yield { type: 'done', proof: step.value.proof };
    },

    async standing({ root, options, out }) {
      const folder = await folderOf(root);
      const blueprint = options.name ?? nameOfRoot(folder);
      const workspace = await writtenTo(out, { root: folder, blueprint });
      if (workspace === null) return { blueprint, written: false, provenAt: null, push: null };
      const [kept, push] = await Promise.all([readKeptProof(workspace, blueprint), readPush(workspace, blueprint)]);
      return { blueprint, written: true, provenAt: kept?.at ?? null, push };
    },

    async *push(request, { signal }) {
      const subject = await pushRequest(request, signal);
      refuseUnfit(subject.split);
      yield* pushSplit(subject, deps.clock.now());
      deps.events.changed(['environments'], subject.prepared.naming.blueprint);
    },

    async *rollBack(request, { signal }) {
      const then = await asMade(request);
      const subject = await pushRequest(then, signal).catch((error: unknown) => {
        throw then === request ? error : notDividedAsThen(error, then.decisions);
      });
      yield* rollBackSplit(subject);
      deps.events.changed(['environments'], subject.prepared.naming.blueprint);
    },
  };
}
