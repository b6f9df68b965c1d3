import path from 'node:path';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { DriftItem } from '#shared/model/index.ts';
import { spliced } from '../../files/index.ts';
import type { Step } from '../../planner/steps.ts';
import { canonicalJson } from '../../planner/index.ts';
import { classifyNode } from '../check/check-environment.ts';
import { checkFolder, readNode, secretTexts } from '../check/read-node.ts';
import type { DeployedNode, DriftDeps } from '../deps.ts';
import { subjectOf } from '../report/decision.ts';
import type { Change } from './changes.ts';
import type { SourceFile } from './module-source.ts';
import { withEdits } from './value-edit.ts';

/** What is to be shown about one step before anything is written. */
export interface Proof {
  readonly node: DeployedNode;
  readonly step: Step;
  readonly chosen: readonly DriftItem[];
  readonly changes: readonly Change[];
  readonly files: readonly SourceFile[];
}

/** The texts of the files that source changes touch, as they will be. */
export function changedFiles(changes: readonly Change[], files: readonly SourceFile[]): SourceFile[] {
  return files.flatMap((file) => {
    const splices = changes.flatMap((change) =>
      change.kind === 'source' && change.file === file.path ? [change.splice] : [],
    );
    return splices.length === 0 ? [] : [{ path: file.path, text: spliced(file.text, splices) }];
  });
}

/** The values a step's module gets once the inputs are changed. */
function changedVariables({ node, step, changes }: Proof): JsonObject {
  const variables: JsonObject = { ...node.variables };
  for (const change of changes) {
    if (change.kind === 'source') continue;
    const current = variables[change.variable] ?? step.artifact.inputs.properties[change.variable]?.default ?? null;
    variables[change.variable] = withEdits(current, change.edits);
  }
  return variables;
}

/**
 * Shows by planning that with the changes the chosen differences are gone and no other appears: once with the code as
 * it is, once as it will be. Throws `bad-input` with what would differ, and `conflict` when the cloud has moved on
 * since the differences were shown.
 */
export async function prove(
  deps: DriftDeps,
  environment: string,
  proof: Proof & { readonly signal: AbortSignal },
): Promise<void> {
  const { node, chosen, signal } = proof;
  const folder = checkFolder(deps.workspace.paths.work, environment);
  await rm(folder, { recursive: true, force: true });
  try {
    const access = await deps.cloudAccess.accessFor(node.target, signal);
    const differences = async (name: string, as: DeployedNode): Promise<readonly DriftItem[]> => {
      const read = await readNode(deps, { node: as, access, directory: path.join(folder, name), signal });
      if (read.codeError !== null) throw new AppError('plan-failed', read.codeError);
      const around = { running: read.running, secrets: secretTexts(as) };
      return classifyNode(environment, read, around).map(({ item }) => item);
    };
    const before = await differences('before', node);
    refuseMoved(chosen, before);
    const sources = await editedSources(proof, path.join(folder, 'sources'));
    const after = await differences('after', { ...node, sources, variables: changedVariables(proof) }).catch(
      (thrown: unknown) => {
        const error = toAppError(thrown);
        if (error.code !== 'plan-failed') throw error;
        throw new AppError('bad-input', `The code would no longer be right: ${error.message}`, {
          advice: 'Change the blueprint or the artifact by hand, or revert the difference.',
          cause: thrown,
        });
      },
    );
    refuseLeftOver(chosen, before, after);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function editedSources({ node, changes, files }: Proof, folder: string): Promise<string> {
  const changed = changedFiles(changes, files);
  if (changed.length === 0) return node.sources;
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await cp(node.sources, folder, { recursive: true });
  for (const file of changed) await writeFile(path.join(folder, file.path), file.text);
  return folder;
}

function refuseMoved(chosen: readonly DriftItem[], now: readonly DriftItem[]): void {
  const moved = chosen.find((item) => {
    const current = now.find((one) => one.id === item.id);
    return current === undefined || subjectOf(current) !== subjectOf(item);
  });
  if (moved === undefined) return;
  throw new AppError('conflict', `${moved.address} has moved again since it was checked.`, {
    advice: 'Check the environment again, then decide on what is there now.',
    details: { address: moved.address },
  });
}

function refuseLeftOver(chosen: readonly DriftItem[], before: readonly DriftItem[], after: readonly DriftItem[]): void {
  const known = new Set(before.flatMap(attributesOf));
  const gone = new Set(chosen.flatMap(attributesOf));
  const left = after.flatMap(attributesOf).filter((attribute) => gone.has(attribute) || !known.has(attribute));
  if (left.length === 0) return;
  const places = [...new Set(left.map((text) => (JSON.parse(text) as [string, string]).slice(0, 2).join(' ').trim()))];
  throw new AppError(
    'bad-input',
    `Taking it over would not end the difference, or would make others: ${places.join(', ')}.`,
    {
      advice: 'Change the blueprint or the artifact by hand, or revert the difference.',
      details: { places },
    },
  );
}

/** Each attribute of a difference as a comparable text; a difference without attributes counts as itself. */
function attributesOf(item: DriftItem): string[] {
  if (item.attributes.length === 0) return [canonicalJson([item.address, '', item.change, item.side])];
  return item.attributes.map(({ path: place, expected, actual }) =>
    canonicalJson([item.address, place, item.change, expected, actual]),
  );
}
