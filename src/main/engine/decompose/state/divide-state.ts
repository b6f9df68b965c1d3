import { randomUUID } from 'node:crypto';
import type { Split } from '../proposal/decide.ts';
import { refactoringsOf } from './refactorings.ts';
import { declaredAddress, resourceAddress, type StateFile, type StateResource } from './state-file.ts';

/** A state divided over the groups of a split. */
export interface DividedState {
  /** One state per group, by its number. */
  readonly states: readonly StateFile[];
  /** Managed addresses in the state that the code does not declare. */
  readonly onlyInState: readonly string[];
  /** Declared resources and module calls without any instance in the state; `count = 0` is one reason. */
  readonly onlyInCode: readonly string[];
}

/** The group that takes an instance: who owns its declaration, or what it was moved to or removed by. */
function ownerIn(split: Split): (address: string) => number | null {
  const { moved, removed } = refactoringsOf(split.analysis.graph);
  const { owner, contents } = split.placement;
  return (address) => {
    let declared = declaredAddress(address);
    for (let step = 0; step <= moved.size; step += 1) {
      const group = owner.get(declared);
      if (group !== undefined) return group;
      const next = moved.get(declared);
      if (next === undefined) break;
      declared = next;
    }
    const block = removed.get(declared);
    const group = block === undefined ? -1 : contents.findIndex((held) => held.has(block));
    return group === -1 ? null : group;
  };
}

/** Groups that hold a resource of the state; a data source is with each group that reads it. */
function groupsOf(split: Split, resource: StateResource, owner: (address: string) => number | null): readonly number[] {
  const address = resourceAddress(resource);
  const declared = declaredAddress(address);
  if (declared.startsWith('data.')) {
    return split.placement.contents.flatMap((held, group) => (held.has(declared) ? [group] : []));
  }
  const group = owner(address);
  return group === null ? [] : [group];
}

/** A resource in its new state: what it depended on elsewhere is the order of the parts now. */
function withOwnDependencies(resource: StateResource, isHere: (address: string) => boolean): StateResource {
  return {
    ...resource,
    instances: resource.instances.map((instance) => {
      const { dependencies = [], ...rest } = instance;
      const own = dependencies.filter(isHere);
      // The tool leaves out an empty list.
      return own.length === 0 ? rest : { ...instance, dependencies: own };
    }),
  };
}

/**
 * Divides a state without touching it: each managed instance goes, under its address and unchanged but for what it
 * depends on in other groups, to the group that owns it; data sources are copied as the code is. Each part begins a
 * history of its own: a new lineage, serial 1. Findings of checks are left out, since each run makes them anew.
 */
export function divideState(state: StateFile, split: Split): DividedState {
  const owner = ownerIn(split);
  const { contents } = split.placement;
  const resources: StateResource[][] = contents.map(() => []);
  const onlyInState: string[] = [];
  const seen = new Set<string>();
  for (const resource of state.resources) {
    const groups = groupsOf(split, resource, owner);
    const address = resourceAddress(resource);
    if (groups.length === 0 && resource.mode === 'managed') onlyInState.push(address);
    if (resource.instances.length > 0) seen.add(declaredAddress(address));
    for (const group of groups) {
      const isHere = (dependency: string): boolean => {
        const declared = declaredAddress(dependency);
        return owner(dependency) === group || contents[group]?.has(declared) === true;
      };
      resources[group]?.push(withOwnDependencies(resource, isHere));
    }
  }
  const { moved } = refactoringsOf(split.analysis.graph);
  for (const [from, to] of moved) if (seen.has(from)) seen.add(to);
  const { check_results: _made, ...kept } = state;
  return {
    states: contents.map((held, group) => ({
      ...kept,
      serial: 1,
      lineage: randomUUID(),
      outputs: Object.fromEntries(Object.entries(state.outputs).filter(([name]) => held.has(`output.${name}`))),
      resources: resources[group] ?? [],
    })),
    onlyInState: [...new Set(onlyInState)],
    onlyInCode: split.analysis.graph.members.filter((address) => !seen.has(address)),
  };
}
