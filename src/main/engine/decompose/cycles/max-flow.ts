/** A network for maximum flow (Dinic): capacities are whole numbers. The edge at an odd place is the way back of the one before. */
export class FlowNetwork {
  readonly #heads: number[] = [];
  readonly #capacities: number[] = [];
  /** The edge that leaves the same node and was added before; -1 for none. */
  readonly #previous: number[] = [];
  /** The last edge added at each node. */
  readonly #last: Int32Array;

  constructor(nodes: number) {
    this.#last = new Int32Array(nodes).fill(-1);
  }

  /** An edge from one node to another with its capacity, and the other way with that of `back`. */
  connect([from, to]: readonly [number, number], capacity: number, back = 0): void {
    this.#add(from, to, capacity);
    this.#add(to, from, back);
  }

  #add(from: number, to: number, capacity: number): void {
    this.#previous.push(this.#last[from] ?? -1);
    this.#last[from] = this.#heads.length;
    this.#heads.push(to);
    this.#capacities.push(capacity);
  }

  /** Steps from the source to each node that can still take flow; -1 for the others. */
  #levels(source: number, levels: Int32Array): void {
    levels.fill(-1);
    levels[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (let edge = this.#last[node] ?? -1; edge !== -1; edge = this.#previous[edge] ?? -1) {
        const head = this.#heads[edge] ?? 0;
        if ((this.#capacities[edge] ?? 0) <= 0 || levels[head] !== -1) continue;
        levels[head] = (levels[node] ?? 0) + 1;
        queue.push(head);
      }
    }
  }

  /** One path that brings flow to the sink along rising levels, found without recursion; 0 when there is none. */
  #augment(ends: { readonly source: number; readonly sink: number }, levels: Int32Array, next: Int32Array): number {
    const path: number[] = [];
    let node = ends.source;
    while (node !== ends.sink) {
      let edge = next[node] ?? -1;
      for (; edge !== -1; edge = this.#previous[edge] ?? -1) {
        const isRising = levels[this.#heads[edge] ?? 0] === (levels[node] ?? 0) + 1;
        if (isRising && (this.#capacities[edge] ?? 0) > 0) break;
      }
      next[node] = edge;
      if (edge !== -1) {
        path.push(edge);
        node = this.#heads[edge] ?? 0;
        continue;
      }
      const back = path.pop();
      if (back === undefined) return 0;
      node = this.#heads[back ^ 1] ?? 0;
      next[node] = this.#previous[back] ?? -1;
    }
    const amount = Math.min(...path.map((edge) => this.#capacities[edge] ?? 0));
    for (const edge of path) {
      this.#capacities[edge] = (this.#capacities[edge] ?? 0) - amount;
      this.#capacities[edge ^ 1] = (this.#capacities[edge ^ 1] ?? 0) + amount;
    }
    return amount;
  }

  /** The least cut between two nodes: its size, and which nodes lie on the source's side. */
  leastCut(source: number, sink: number): { readonly size: number; readonly inside: readonly boolean[] } {
    const levels = new Int32Array(this.#last.length);
    let size = 0;
    for (;;) {
      this.#levels(source, levels);
      if (levels[sink] === -1) return { size, inside: Array.from(levels, (level) => level !== -1) };
      const next = this.#last.slice();
      for (let amount = this.#augment({ source, sink }, levels, next); amount > 0;) {
        size += amount;
        amount = this.#augment({ source, sink }, levels, next);
      }
    }
  }
}
