import { AppError } from '#shared/errors/index.ts';
import type { Json } from '#shared/base/json.ts';
import type { DriftItem, EnvironmentDocument } from '#shared/model/index.ts';
import { checkGivenInputs, stepsOf, type InputValues } from '../../planner/index.ts';
import type { Step } from '../../planner/steps.ts';
import type { Call, ResolvedRelease } from '../../ports/index.ts';
import type { DeployedNode, DriftDeps } from '../deps.ts';
import type { Change } from './changes.ts';
import { changeDraft, type NodeChange } from './draft-change.ts';
import { cannotAccept, findBlock, readSources } from './module-source.ts';
import { changedFiles, prove, type Proof } from './prove.ts';
import { resolveAttributes } from './resolve-attributes.ts';
import { resolveDeletion } from './resolve-deletion.ts';
import { withEdits } from './value-edit.ts';

export interface Acceptance {
  readonly environment: string;
  readonly chosen: readonly DriftItem[];
  readonly nodes: readonly DeployedNode[];
  readonly reason: string;
  readonly call: Call;
}

/**
 * Takes over what runs: into the environment's inputs where exactly one of them decides it, else into a draft version.
 * All of it or nothing: every change is worked out and proved by a plan before the first file is written.
 */
export async function acceptItems(
  deps: DriftDeps,
  acceptance: Acceptance,
): Promise<{ readonly changed: readonly string[]; readonly draft: string | null }> {
  const { environment, chosen, nodes, call } = acceptance;
  const document = await environmentDocument(deps, environment);
  const proofs: Proof[] = [];
  const releases = new Map<string, ResolvedRelease>();
  for (const [id, items] of byNode(chosen)) {
    const node = nodes.find((one) => one.id === id);
    if (node === undefined) {
      throw new AppError('not-found', `The step ${id} of ${environment} is no longer deployed.`, {
        advice: 'Check the environment again.',
        details: { node: id },
      });
    }
    const release = await releaseOf(deps, node);
    releases.set(id, release);
    proofs.push(await changesOf(node, items, { steps: stepsOf(release, node.target, givenInputs(document)) }));
  }
  for (const proof of proofs) await prove(deps, environment, { ...proof, signal: call.signal });

  const inputs = changedInputs(document, proofs, [...releases.values()]);
  const drafted = await writeDraft(deps, { proofs, releases, call });
  const changed = [...(drafted?.changed ?? [])];
  if (inputs.names.length > 0) {
    await deps.environments.write({ ...document, inputs: inputs.values });
    changed.push(...inputs.names.map((name) => `environments/${environment}.yaml: inputs.${name}`));
  }
  deps.events.changed(drafted === null ? ['environments'] : ['environments', 'artifacts', 'blueprints'], environment);
  deps.logger.info('drift.accepted', { environment, items: chosen.length, changed });
  return { changed, draft: drafted?.draft ?? null };
}

async function environmentDocument(deps: DriftDeps, environment: string): Promise<EnvironmentDocument> {
  const document = await deps.environments.read(environment);
  if (document !== null) return document;
  throw new AppError('not-found', `There is no file environments/${environment}.yaml.`, {
    advice: 'Deploy the environment again, which writes it, or revert the difference.',
    details: { environment },
  });
}

function byNode(items: readonly DriftItem[]): Map<string, DriftItem[]> {
  const groups = new Map<string, DriftItem[]>();
  for (const item of items) groups.set(item.node, [...(groups.get(item.node) ?? []), item]);
  return groups;
}

async function releaseOf(deps: DriftDeps, node: DeployedNode): Promise<ResolvedRelease> {
  const release = await deps.releases.resolve(`${node.blueprint}@${node.version}`);
  if (release.intact) return release;
  throw new AppError('digest-mismatch', `${node.blueprint}@${node.version} is not what was published.`, {
    advice: 'Restore the folder of the release from git.',
    details: { blueprint: node.blueprint, version: node.version },
  });
}

function givenInputs(document: EnvironmentDocument): InputValues {
  return Object.fromEntries(
    Object.entries(document.inputs ?? {}).map(([name, value]) => [name, { value, sensitive: false }]),
  );
}

async function changesOf(
  node: DeployedNode,
  items: readonly DriftItem[],
  { steps }: { readonly steps: readonly Step[] },
): Promise<Proof> {
  const step = steps.find((one) => one.id === node.id);
  if (step === undefined) {
    throw new AppError('not-found', `${node.blueprint}@${node.version} has no step ${node.id}.`, {
      details: { node: node.id },
    });
  }
  const files = await readSources(node.sources);
  const changes: Change[] = [];
  for (const item of items) {
    refuseUnacceptable(item);
    const accepted = { item, step, steps, block: await findBlock(files, item.address) };
    if (item.change === 'deleted') changes.push(...resolveDeletion(accepted, { files, chosen: items }));
    else changes.push(...(await resolveAttributes(accepted)));
  }
  const inner = changes.some((change) => change.kind !== 'environment-input') && step.frame.outer !== null;
  if (inner) {
    throw cannotAccept(
      node.id,
      'it belongs to a blueprint inside the blueprint',
      'Change the inner blueprint by hand, publish it, then use its new version.',
    );
  }
  return { node, step, chosen: items, changes, files };
}

function refuseUnacceptable(item: DriftItem): void {
  if (item.change === 'unmanaged') {
    throw cannotAccept(item.address, 'nothing in the code stands for it', 'Extract it into a blueprint of its own.');
  }
  if (item.side === 'code') {
    throw cannotAccept(
      item.address,
      'the cloud did not move, the code did',
      'Deploy the environment, or change the code back.',
    );
  }
}

/** The environment's inputs with every change, checked against what the blueprint allows. */
function changedInputs(
  document: EnvironmentDocument,
  proofs: readonly Proof[],
  releases: readonly ResolvedRelease[],
): { readonly values: Record<string, Json>; readonly names: readonly string[] } {
  const values: Record<string, Json> = { ...document.inputs };
  const names = new Set<string>();
  const declared = releases[0]?.document;
  for (const { changes } of proofs) {
    for (const change of changes) {
      if (change.kind !== 'environment-input') continue;
      const current = values[change.input] ?? declared?.inputs?.[change.input]?.default ?? null;
      values[change.input] = withEdits(current, change.inputEdits);
      names.add(change.input);
    }
  }
  if (declared !== undefined) {
    const given = Object.fromEntries([...names].map((name) => [name, values[name] ?? null]));
    const [problem] = checkGivenInputs(declared, given, 'person');
    if (problem !== undefined) {
      throw new AppError('bad-input', `What runs is not a value the blueprint allows: ${problem.message}`, {
        advice: 'Widen the input in a new version of the blueprint, or revert the difference.',
        details: { input: problem.input },
      });
    }
  }
  return { values, names: [...names] };
}

async function writeDraft(
  deps: DriftDeps,
  {
    proofs,
    releases,
    call,
  }: {
    readonly proofs: readonly Proof[];
    readonly releases: ReadonlyMap<string, ResolvedRelease>;
    readonly call: Call;
  },
): Promise<Awaited<ReturnType<typeof changeDraft>> | null> {
  const nodes = proofs.map(nodeChange).filter((change) => change.files.length > 0 || change.set.length > 0);
  const [first] = nodes;
  const release = first === undefined ? undefined : releases.get(first.node);
  return release === undefined ? null : changeDraft(deps, { release, nodes, call });
}

function nodeChange({ node, step, changes, files }: Proof): NodeChange {
  const set = new Map<string, NodeChange['set'][number]>();
  for (const change of changes) {
    if (change.kind !== 'node-input') continue;
    const { variable } = change;
    const base = step.set[variable] ?? step.artifact.inputs.properties[variable]?.default ?? null;
    set.set(variable, { variable, base, edits: [...(set.get(variable)?.edits ?? []), ...change.edits] });
  }
  return {
    node: node.id,
    use: step.use,
    files: changedFiles(changes, files).flatMap((after) => {
      const before = files.find((file) => file.path === after.path);
      return before === undefined ? [] : [{ before, after }];
    }),
    set: [...set.values()],
  };
}
