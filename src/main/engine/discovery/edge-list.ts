import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, RelationshipType } from '#shared/model/index.ts';

interface EdgeDetails {
  /** Where in the answer it was read, for example `VpcId`. */
  readonly field: string;
  readonly properties?: JsonObject;
}

/** Edges from one resource of one answer; ends that are not there are left out. */
export class EdgeList {
  readonly edges: RelationshipFact[] = [];
  readonly #from: string;
  readonly #answer: string;

  /** `answer` names what was read, for example `DescribeSubnets`; it begins the source of every edge. */
  constructor(from: string, answer: string) {
    this.#from = from;
    this.#answer = answer;
  }

  /** Adds an edge to `to`, read from `field`. */
  to(type: RelationshipType, target: EdgeDetails & { readonly to: string | undefined }): this {
    return this.between(type, { ...target, from: this.#from });
  }

  /** Adds an edge that comes from `from` to this resource. */
  from(type: RelationshipType, target: EdgeDetails & { readonly from: string | undefined }): this {
    return this.between(type, { ...target, to: this.#from });
  }

  /** Adds an edge between two others that only this answer tells. */
  between(
    type: RelationshipType,
    parts: EdgeDetails & { readonly from: string | undefined; readonly to: string | undefined },
  ): this {
    const { from, to, field, properties } = parts;
    // An empty text is how some answers say that there is nothing.
    if (!from || !to) return this;
    this.edges.push({
      type,
      from,
      to,
      source: `${this.#answer}.${field}`,
      confidence: 1,
      properties: properties ?? {},
    });
    return this;
  }
}
