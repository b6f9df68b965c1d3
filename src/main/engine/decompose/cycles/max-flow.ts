/** A network for maximum flow (Dinic): capacities are whole numbers. */
export class FlowNetwork {
  readonly #heads: number[] = [];
  readonly #capacities: number[] = [];
  readonly #edges: number[][];

  constructor(nodes: number) {
    this.#edges = Array.from({ length: nodes }, () => []);
  }

  /** An edge from one node to another with its capacity, and the other way with that of `back`. */
  connect([from, to]: readonly [number, number], capacity: number, back = 0): void {
    this.#edges[from]?.push(this.#heads.length);
    this.#heads.push(to);
    this.#capacities.push(capacity);
    this.#edges[to]?.push(this.#heads.length);
    this.#heads.push(from);
    this.#capacities.push(back);
  }

  #levels(source: number): readonly number[] {
    const levels = Array.from({ length: this.#edges.length }, () => -1);
    levels[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const edge of this.#edges[node] ?? []) {
        const head = this.#heads[edge] ?? 0;
        if ((this.#capacities[edge] ?? 0) <= 0 || levels[head] !== -1) continue;
        levels[head] = (levels[node] ?? 0) + 1;
        queue.push(head);
      }
    }
    return levels;
  }

  /** One path that brings flow to the sink along rising levels, found without recursion; 0 when there is none. */
  #augment(
    ends: { readonly source: number; readonly sink: number },
    levels: readonly number[],
    next: number[],
  ): number {
    const path: number[] = [];
    let node = ends.source;
    while (node !== ends.sink) {
      const edges = this.#edges[node] ?? [];
      let edge: number | undefined;
      for (; (next[node] ?? 0) < edges.length; next[node] = (next[node] ?? 0) + 1) {
        const candidate = edges[next[node] ?? 0];
        if (candidate === undefined) continue;
        const head = this.#heads[candidate] ?? 0;
        if ((this.#capacities[candidate] ?? 0) > 0 && levels[head] === (levels[node] ?? 0) + 1) {
          edge = candidate;
          break;
        }
      }
      if (edge !== undefined) {
        path.push(edge);
        node = this.#heads[edge] ?? 0;
        continue;
      }
      const last = path.pop();
      if (last === undefined) return 0;
      node = this.#heads[last ^ 1] ?? 0;
      next[node] = (next[node] ?? 0) + 1;
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
    let size = 0;
    for (;;) {
      const levels = this.#levels(source);
      if (levels[sink] === -1) return { size, inside: levels.map((level) => level !== -1) };
      const next = Array.from({ length: this.#edges.length }, () => 0);
      for (let amount = this.#augment({ source, sink }, levels, next); amount > 0;) {
        size += amount;
        amount = this.#augment({ source, sink }, levels, next);
      }
    }
  }
}
