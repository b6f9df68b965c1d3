import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { knownSchemas, type ProviderSchemas } from '#engine/artifacts/index.ts';
import { createSplitService } from '#engine/decompose/index.ts';
import type { Call, RootTool, SplitService } from '#engine/ports/index.ts';
import {
  splitDecisionsSchema,
  splitOptionsSchema,
  type SplitDecisionsInput,
  type SplitOptions,
  type SplitProof,
  type SplitStateSource,
} from '#shared/model/index.ts';
import { realRootTool, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';

export const splitCall: Call = {
  signal: new AbortController().signal,
  actor: { kind: 'command-line', name: 'test' },
};

/** The split service as the command line has it without a workspace, with the real tool. */
export function splitService(
  tool: RootTool = realRootTool(),
  schemas: ProviderSchemas = knownSchemas(path.resolve('resources'), null),
): SplitService {
  return createSplitService({
    workspace: () => null,
    cloudAccess: () => null,
    schemas: () => schemas,
    tool,
    clock: { now: () => 0 },
    events: { changed: () => undefined },
  });
}

const execute = promisify(execFile);

/** Runs the real tool in a folder, as a person does. Not in step: a backend of the test may have to answer it. */
export async function tofu(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await execute(requireTool('tofu'), args, {
    cwd,
    env: { ...tofuEnvironment(), ...environment },
    encoding: 'utf8',
    timeout: 600_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout;
}

/** Writes a root below a folder. */
export async function writeRoot(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = path.join(folder, 'root');
  await mkdir(root, { recursive: true });
  await writeFiles(root, files);
  return root;
}

/** Writes a root and applies it for real, in a workspace of the tool other than the default one if need be. */
export async function applyRoot(
  folder: string,
  files: Readonly<Record<string, string>>,
  workspace: string | null = null,
): Promise<string> {
  const root = await writeRoot(folder, files);
  await tofu(root, ['init', '-input=false']);
  if (workspace !== null) await tofu(root, ['workspace', 'new', workspace]);
  await tofu(root, ['apply', '-auto-approve', '-input=false']);
  return root;
}

export interface ProofRequest {
  readonly root: string;
  readonly decisions?: SplitDecisionsInput;
  readonly options?: Partial<SplitOptions>;
  readonly state?: SplitStateSource;
  readonly out?: string | null;
}

/** A request with everything that was not given at its default. */
export function splitRequest({
  root,
  decisions = {},
  options = {},
  state = { from: 'root' },
  out = null,
}: ProofRequest) {
  return {
    root,
    decisions: splitDecisionsSchema.parse(decisions),
    options: splitOptionsSchema.parse(options),
    state,
    out,
  };
}

/** Proves and waits for the end. */
export async function prove(split: SplitService, request: ProofRequest): Promise<SplitProof> {
  let proof: SplitProof | null = null;
  for await (const event of await split.prove(splitRequest(request), splitCall)) {
    if (event.type === 'done') ({ proof } = event);
  }
  if (proof === null) throw new Error('The proof did not end.');
  return proof;
}

/** What a proof found, by the id of the point: empty lists where it holds, the status where it is not decided. */
export function findingsOf(proof: SplitProof): Readonly<Record<string, readonly string[] | string>> {
  return Object.fromEntries(
    proof.checks.map(({ id, status, findings }) => [
      id,
      status === 'proven' || status === 'failed' ? findings : status,
    ]),
  );
}

/** What `findingsOf` answers for a proof that is complete. */
export const everythingProven = {
  syntax: [],
  members: [],
  references: [],
  comments: [],
  secrets: [],
  acyclic: [],
  instances: [],
  attributes: [],
  valid: [],
  plans: [],
  drift: [],
  'way-back': [],
};
