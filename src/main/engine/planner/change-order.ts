import type { Json } from '#shared/base/json.ts';
import type { PlanDocument } from './plan-document.ts';
import { withoutKeys } from './envelope.ts';

/**
 * Which changed addresses wait for which others, from the references in the plan's configuration
 * (`configuration.root_module`): direct ones between resources of one module, which is what costs time in practice.
 */
export function changeOrder(plan: PlanDocument): Record<string, string[]> {
  const byBlock = new Map<string, string[]>();
  const blocks: { address: string; references: string[] }[] = [];
  collect(member(plan.configuration, 'root_module'), '', blocks);
  for (const { address } of plan.resource_changes) {
    const block = withoutKeys(address);
    byBlock.set(block, [...(byBlock.get(block) ?? []), address]);
  }
  const order: Record<string, string[]> = {};
  for (const block of blocks) {
    const before = block.references.flatMap((reference) => byBlock.get(reference) ?? []);
    for (const address of byBlock.get(block.address) ?? []) order[address] = before.filter((one) => one !== address);
  }
  return order;
}

function collect(module: Json, prefix: string, into: { address: string; references: string[] }[]): void {
  for (const resource of list(member(module, 'resources'))) {
    const address = member(resource, 'address');
    if (typeof address !== 'string') continue;
    const texts = [...referencesIn(member(resource, 'expressions')), ...textsOf(member(resource, 'depends_on'))];
    // `aws_vpc.main.id` and `aws_vpc.main` both stand in the list; the block's own address is what is wanted.
    const references = [...new Set(texts.map((text) => prefix + withoutKeys(text)))];
    into.push({ address: prefix + address, references });
  }
  const calls = member(module, 'module_calls');
  if (typeof calls !== 'object' || calls === null || Array.isArray(calls)) return;
  for (const [name, call] of Object.entries(calls)) collect(member(call, 'module'), `${prefix}module.${name}.`, into);
}

function referencesIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(value).flatMap(([key, item]) => (key === 'references' ? textsOf(item) : referencesIn(item)));
}

function textsOf(value: Json): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function list(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

function member(value: Json, key: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return value[key] ?? null;
}
