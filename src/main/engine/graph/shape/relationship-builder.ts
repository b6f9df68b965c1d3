import type { RelationshipType } from '#shared/model/index.ts';
import type { RelationshipColumns } from '#engine/ports/index.ts';
import { orderBy, startsOf } from './adjacency.ts';
import { createCodedColumn } from './coded-column.ts';
import { positionOf, type NumberedRelationship } from './numbering.ts';
import { createNumbers } from './numbers.ts';
import { createPauses } from './pauses.ts';
import { createTextColumn } from './text-column.ts';

export interface RelationshipColumnsBuilder {
  add(relationship: NumberedRelationship): void;
  finish(count: { readonly resources: number; readonly nodes: number }): Promise<RelationshipColumns>;
}

/** Properties that differ everywhere are not looked for again: remembering them would take more than it saves. */
const detailsKnown = 2 ** 15;

function isSameDetail(left: NumberedRelationship, right: NumberedRelationship): boolean {
  const same = left.run === right.run && left.properties === right.properties;
  return same && left.fact.confidence === right.fact.confidence && left.fact.source === right.fact.source;
}

function createDetails() {
  const runs = createNumbers(Uint32Array);
  const sources = createCodedColumn();
  const confidences = createNumbers(Float64Array);
  const properties = createTextColumn({ fold: false });
  const known = new Map<string, number>();
  let last: NumberedRelationship | null = null;
  let lastNumber = 0;

  function add({ run, fact, properties: json }: NumberedRelationship): number {
    runs.push(run);
    sources.push(fact.source);
    confidences.push(fact.confidence);
    properties.push(json);
    return properties.length - 1;
  }

  function find(relationship: NumberedRelationship): number {
    const { run, fact, properties: json } = relationship;
    const key = `${run} ${fact.confidence} ${fact.source} ${json}`;
    const number = known.get(key);
    if (number !== undefined) return number;
    const added = add(relationship);
    if (known.size < detailsKnown) known.set(key, added);
    return added;
  }

  return {
    /** The entry for a relationship: one for all that say the same, as long as so many do. */
    numberOf(relationship: NumberedRelationship): number {
      // Most say the same as the one before, and comparing takes less than making a key.
      if (last === null || !isSameDetail(last, relationship)) lastNumber = find(relationship);
      last = relationship;
      return lastNumber;
    },
    finish: () => ({
      runs: runs.finish(),
      sources: sources.finish(),
      confidences: confidences.finish(),
      properties: properties.finish(),
    }),
  };
}

export function createRelationshipColumns(): RelationshipColumnsBuilder {
  const types = new Map<RelationshipType, number>();
  const [from, to] = [createNumbers(Uint32Array), createNumbers(Uint32Array)];
  const type = createNumbers(Uint8Array);
  const detail = createNumbers(Uint32Array);
  const details = createDetails();

  return {
    add(relationship) {
      let number = types.get(relationship.type);
      if (number === undefined) {
        number = types.size;
        types.set(relationship.type, number);
      }
      from.push(relationship.from);
      to.push(relationship.to);
      type.push(number);
      detail.push(details.numberOf(relationship));
    },
    async finish({ resources, nodes }) {
      const pause = createPauses();
      // Addresses were numbered from the other end; now it is known where they begin.
      const placed = (numbers: Uint32Array): Uint32Array => numbers.map((number) => positionOf(number, resources));
      const unordered = placed(from.finish());
      const order = await orderBy(unordered, await startsOf(nodes, unordered));
      async function inOrder<Column extends Uint32Array | Uint8Array>(
        column: Column,
        ordered: Column,
      ): Promise<Column> {
        for (let edge = 0; edge < order.length; edge += 1) {
          ordered[edge] = column[order[edge] ?? 0] ?? 0;
          if (edge % 65_536 === 0) await pause();
        }
        return ordered;
      }
      return {
        types: [...types.keys()],
        from: await inOrder(unordered, new Uint32Array(order.length)),
        to: await inOrder(placed(to.finish()), new Uint32Array(order.length)),
        type: await inOrder(type.finish(), new Uint8Array(order.length)),
        detail: await inOrder(detail.finish(), new Uint32Array(order.length)),
        details: details.finish(),
      };
    },
  };
}
