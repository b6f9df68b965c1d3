import { createPauses } from '#engine/graph/shape/index.ts';

/** Values between two looks at the clock. */
const stretchLength = 512;

/** Many values as short lists, so that a loop over all of them can let others have their turn in between. */
export function* stretches<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let start = 0; start < values.length; start += stretchLength) yield values.slice(start, start + stretchLength);
}

/** Does something with each of many values, in slices. */
export async function eachOf<Value>(values: readonly Value[], visit: (value: Value) => void): Promise<void> {
  const pause = createPauses();
  for (const stretch of stretches(values)) {
    for (const value of stretch) visit(value);
    await pause();
  }
}

/** As `Array.filter`, in slices; all of them as they are when everything is wanted. */
export async function wantedOf<Value>(
  values: readonly Value[],
  isWanted: ((value: Value) => boolean) | null,
): Promise<readonly Value[]> {
  if (isWanted === null) return values;
  const wanted: Value[] = [];
  await eachOf(values, (value) => {
    if (isWanted(value)) wanted.push(value);
  });
  return wanted;
}
