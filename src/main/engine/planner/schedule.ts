/** A piece of work with what must be over before it may begin. */
export interface Task {
  readonly id: string;
  readonly seconds: number;
  readonly after: readonly string[];
}

/**
 * How long tasks take when each begins as soon as those before it are over and fewer than `limit` run: list
 * scheduling (R. L. Graham, Bounds on Multiprocessing Timing Anomalies, 1969) in the order given. Names in `after`
 * that are no task of the list do not hold anything up.
 */
export function makespan(tasks: readonly Task[], limit: number): number {
  const ids = new Set(tasks.map((task) => task.id));
  const waiting = [...tasks];
  const finished = new Set<string>();
  const running: { id: string; until: number }[] = [];
  let now = 0;
  while (waiting.length > 0 || running.length > 0) {
    while (running.length < limit) {
      const next = waiting.findIndex((task) => task.after.every((id) => finished.has(id) || !ids.has(id)));
      const [task] = next === -1 ? [] : waiting.splice(next, 1);
      if (task === undefined) break;
      running.push({ id: task.id, until: now + task.seconds });
    }
    running.sort((one, other) => one.until - other.until);
    const first = running.shift();
    // Only a circle leaves work that nothing running will ever free; its time cannot be told.
    if (first === undefined) return now;
    now = first.until;
    finished.add(first.id);
  }
  return now;
}
