import { randomUUID } from 'node:crypto';
import type { Split } from '../proposal/decide.ts';
import { refactoringsOf, type Refactorings } from './refactorings.ts';
import {
  declaredAddress,
  keyedAddress,
  resourceAddress,
  type StateFile,
  type StateInstance,
  type StateResource,
} from './state-file.ts';

/** A state divided over the groups of a split. */
export interface DividedState {
  /** One state per group, by its number. */
  readonly states: readonly StateFile[];
  /** Managed addresses in the state that the code does not declare. */
  readonly onlyInState: readonly string[];
  /** Declared resources and module calls without any instance in the state; `count = 0` is one reason. */
  readonly onlyInCode: readonly string[];
}

/** The group that takes an instance: who owns what it is once it was moved, or the block that removes it. */
function ownerIn(split: Split, { placeOf, removed }: Refactorings): (address: string) => number | null {
  const { owner, contents } = split.placement;
  return (address) => {
    const declared = declaredAddress(placeOf(address));
    const group = owner.get(declared);
    if (group !== undefined) return group;
    const block = removed.get(declared);
    const found = block === undefined ? -1 : contents.findIndex((held) => held.has(block));
    return found === -1 ? null : found;
  };
}

/** The groups that hold something of a resource of the state, each with what it holds; null stands for none. */
function instancesByGroup(
  split: Split,
  resource: StateResource,
  owner: (address: string) => number | null,
): ReadonlyMap<number | null, readonly StateInstance[]> {
  const address = resourceAddress(resource);
  const declared = declaredAddress(address);
  const { instances } = resource;
  if (declared.startsWith('data.')) {
    // A data source is with each group that reads it.
    const readers = split.placement.contents.flatMap((held, group) => (held.has(declared) ? [group] : []));
    return new Map(readers.map((group) => [group, instances] as const));
  }
  if (instances.length === 0) return new Map([[owner(address), instances]]);
  return Map.groupBy(instances, (instance) => owner(keyedAddress(resource, instance)));
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
  const refactorings = refactoringsOf(split.analysis.graph);
  const owner = ownerIn(split, refactorings);
  const { contents } = split.placement;
  const resources: StateResource[][] = contents.map(() => []);
  const onlyInState: string[] = [];
  const seen = new Set<string>();
  for (const resource of state.resources) {
    const address = resourceAddress(resource);
    for (const instance of resource.instances) {
      seen.add(declaredAddress(refactorings.placeOf(keyedAddress(resource, instance))));
    }
    for (const [group, instances] of instancesByGroup(split, resource, owner)) {
      if (group === null) {
        if (resource.mode === 'managed') onlyInState.push(address);
        continue;
      }
      const isHere = (dependency: string): boolean => {
        const declared = declaredAddress(dependency);
        return owner(dependency) === group || contents[group]?.has(declared) === true;
      };
      resources[group]?.push(withOwnDependencies({ ...resource, instances: [...instances] }, isHere));
    }
  }
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
