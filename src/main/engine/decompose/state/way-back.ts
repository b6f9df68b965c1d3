import { instanceAddress, type StateFile } from './state-file.ts';

/**
 * What is left of a state that was taken over by others: nothing, so that whoever plans with it can destroy nothing.
 * The serial is the next one: whoever wrote the state meanwhile makes the tool refuse it.
 */
export function emptied(old: StateFile): StateFile {
  const { check_results: _made, ...kept } = old;
  return { ...kept, serial: old.serial + 1, outputs: {}, resources: [] };
}

/** The root's state as it was, to be put over a state of the given serial. */
export function restored(old: StateFile, serial: number): StateFile {
  return { ...old, serial: serial + 1 };
}

/** What a state holds, whatever its serial is and in whichever order it is written. */
export function substanceOf({ lineage, outputs, resources }: StateFile): string {
  const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
    one < other ? -1 : 1;
  const instances = resources.flatMap((resource) => {
    const { instances: own, ...rest } = resource;
    return own.map((instance): [string, unknown] => [instanceAddress(resource, instance), { ...rest, instance }]);
  });
  return JSON.stringify({ lineage, outputs: Object.entries(outputs).sort(byName), instances: instances.sort(byName) });
}

/** Whether nobody wrote a state between two readings. */
export function isSameState(one: StateFile, other: StateFile): boolean {
  return one.serial === other.serial && substanceOf(one) === substanceOf(other);
}
