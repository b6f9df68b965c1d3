import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import type { Logger } from '../../src/main/engine/ports/index.ts';

// Compares run 1 with another one some times, in a process that has done nothing else, and prints how long each took:
// `node history-program.ts FACTS RUN TIMES`.

/** What is printed, as one line of JSON; milliseconds. */
export interface ComparedTimes {
  readonly compared: readonly number[];
  /** Reading the attributes of the first 200 differences after each. */
  readonly paged: readonly number[];
  readonly differences: number;
}

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const signal = new AbortController().signal;
const [root = '', to = '', times = ''] = process.argv.slice(2);

const compared: number[] = [];
const paged: number[] = [];
let differences = 0;
for (let round = 0; round < Number(times); round += 1) {
  // A new store each time: the ledgers are read again as well.
  const store = createFactStore({ root, clock: { now: () => Date.now() }, logger: silent, appVersion: '0.0.0' });
  const started = performance.now();
  const found = await store.compare({ from: 1, to: Number(to) }, signal);
  compared.push(performance.now() - started);
  const paging = performance.now();
  await found.attributes(found.differences.slice(0, 200), signal);
  paged.push(performance.now() - paging);
  differences = found.differences.length;
}
const printed: ComparedTimes = { compared, paged, differences };
console.log(JSON.stringify(printed));
