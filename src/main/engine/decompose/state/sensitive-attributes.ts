import { z } from 'zod';
import { resourceAddress, type StateFile } from './state-file.ts';

const pathsSchema = z.array(z.array(z.looseObject({ type: z.string(), value: z.unknown() }))).catch([]);

/** How a value of the root's own resources is named among what is known to be sensitive. */
export function valueName(address: string, attribute: string): string {
  return `${address}.${attribute}`;
}

/** Attributes of the root's own resources that a state marks as sensitive: what the code and schemas made of them. */
export function sensitiveInState(state: StateFile): ReadonlySet<string> {
  const found = new Set<string>();
  for (const resource of state.resources) {
    if (resource.module !== undefined || resource.mode !== 'managed') continue;
    for (const instance of resource.instances) {
      for (const [step] of pathsSchema.parse(instance['sensitive_attributes'] ?? [])) {
        if (typeof step?.value === 'string') found.add(valueName(resourceAddress(resource), step.value));
      }
    }
  }
  return found;
}
