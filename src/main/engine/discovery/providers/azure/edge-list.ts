import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, RelationshipType } from '#shared/model/index.ts';

/** Edges of one resource, each once. */
export class EdgeList {
  readonly #edges = new Map<string, RelationshipFact>();
  /** Everything that an edge names, so that it is not named again as a mere reference. */
  readonly #named = new Set<string>();
  readonly #id: string;
  readonly #table: string;

  /** `table` tells where the body was read, for the edges' source. */
  constructor(id: string, table: string) {
    this.#id = id;
    this.#table = table;
  }

  get all(): readonly RelationshipFact[] {
    return [...this.#edges.values()];
  }

  names(id: string): boolean {
    return this.#named.has(id);
  }

  /** An edge from this resource; nothing when the other end is not there or is the resource itself. */
  to(type: RelationshipType, end: EdgeEnd): this {
    return this.#add(type, this.#id, end);
  }

  /** An edge that points at this resource. */
  from(type: RelationshipType, end: EdgeEnd): this {
    return this.#add(type, end.id, { ...end, id: this.#id });
  }

  /** An edge between two others that only this body tells. */
  between(type: RelationshipType, from: string | undefined, end: EdgeEnd): this {
    return this.#add(type, from, end);
  }

  #add(type: RelationshipType, from: string | undefined, end: EdgeEnd): this {
    const { id: to, path, properties = {} } = end;
    if (from === undefined || to === undefined || from === to) return this;
    const key = `${type}\n${from}\n${to}\n${Object.keys(properties).length === 0 ? '' : JSON.stringify(properties)}`;
    this.#named.add(from).add(to);
    if (this.#edges.has(key)) return this;
    this.#edges.set(key, { type, from, to, source: `${this.#table}.${path}`, confidence: 1, properties });
    return this;
  }
}

export interface EdgeEnd {
  /** The other end; undefined where the body does not name one. */
  readonly id: string | undefined;
  /** Where it was read, for example `properties.subnet`. */
  readonly path: string;
  readonly properties?: JsonObject;
}
