import path from 'node:path';
import { expect } from 'vitest';
import type { SplitService } from '#engine/ports/index.ts';
import type { SplitPush, Target } from '#shared/model/index.ts';
import { applyRoot, prove, splitCall, splitRequest } from './bench.ts';
import type { StateServer } from './state-server.ts';

/** A root of two parts, one of which takes a value of the other. */
export const twoParts = {
  target: { cloud: 'aws', account: '123456789012', region: 'eu-west-1' } satisfies Target,
  pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  code: `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
output "app" { value = terraform_data.app.output }
`,
};

/** The backend block of a root whose state a server of ours keeps at `/live`, with locks. */
export function backendOf({ url }: StateServer): string {
  return `terraform {
  backend "http" {
    address        = "${url}/live"
    lock_address   = "${url}/live"
    unlock_address = "${url}/live"
  }
}
`;
}

async function stepsOf(steps: AsyncIterable<SplitPush>): Promise<readonly SplitPush[]> {
  const all: SplitPush[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

/** Pushes the states of the root that `writtenAndProven` made; answers every step. */
export async function push(
  split: SplitService,
  request: ReturnType<typeof splitRequest>,
  confirm = 'root',
): Promise<readonly SplitPush[]> {
  return stepsOf(await split.push({ ...request, confirm }, splitCall));
}

/** Takes that push back; answers every step. */
export async function rollBack(
  split: SplitService,
  request: ReturnType<typeof splitRequest>,
): Promise<readonly SplitPush[]> {
  return stepsOf(await split.rollBack({ ...request, confirm: 'root' }, splitCall));
}

/** Types and names of what a state holds; null for no state. */
export function heldIn(state: Record<string, unknown> | null): readonly string[] | null {
  if (state === null) return null;
  return (state['resources'] as { type: string; name: string }[]).map(({ type, name }) => `${type}.${name}`);
}

/** Applies a root, writes its two parts and proves them. */
export async function writtenAndProven(
  split: SplitService,
  folder: string,
  files: Readonly<Record<string, string>>,
  workspace: string | null = null,
) {
  const { pins, target } = twoParts;
  const root = await applyRoot(folder, files, workspace);
  const request = splitRequest({ root, decisions: { pins }, options: { target }, out: path.join(folder, 'out') });
  await split.emit(request, splitCall);
  const proof = await prove(split, { root, decisions: { pins }, options: { target }, out: request.out });
  expect(proof.complete).toBe(true);
  return { root, request };
}
