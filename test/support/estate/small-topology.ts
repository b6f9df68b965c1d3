import { topologyOf, type Topology } from '#engine/graph/estate/topology.ts';
import { addressReference, describeStub } from '#engine/graph/schema/references.ts';
import { createShapeBuilder } from '#engine/graph/shape/index.ts';
import { addressNumber } from '#engine/graph/shape/numbering.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';

/** A topology made by hand, without facts or database, and the way from ids to positions. */
export interface SmallTopology extends Topology {
  at(id: string): number;
}

/** Numbers the resources as given; ends that are not among them become addresses or stubs. */
export async function smallTopology(
  resources: readonly ResourceFact[],
  relationships: readonly RelationshipFact[],
): Promise<SmallTopology> {
  const builder = createShapeBuilder();
  const numbers = new Map<string, number>();
  const addresses = new Map<string, number>();
  const history = {
    firstRun: 1,
    lastRun: 1,
    changedRun: 1,
    stale: false,
    driftHash: '',
    references: [],
  };
  const add = (fact: ResourceFact, isStub: boolean): number => {
    const number = numbers.size;
    numbers.set(fact.id, number);
    builder.addResource({ fact, isStub, ...history });
    return number;
  };
  const numberOf = (id: string): number => {
    const known = numbers.get(id) ?? addresses.get(id);
    if (known !== undefined) return known;
    const reference = addressReference(id);
    if (reference === null) {
      const nothing = {
        zone: null,
        state: null,
        createdAt: null,
        public: null,
        cidr: null,
        ip: null,
        tags: {},
        raw: null,
      };
      return add({ ...describeStub(id), ...nothing, category: 'other' }, true);
    }
    const number = addressNumber(addresses.size);
    addresses.set(id, number);
    builder.addAddress(id, reference.value);
    return number;
  };
  for (const fact of resources) add(fact, false);
  for (const fact of relationships) {
    const [from, to] = [numberOf(fact.from), numberOf(fact.to)];
    builder.addRelationship({ type: fact.type, from, to, run: 1, fact, properties: JSON.stringify(fact.properties) });
  }
  const topology = await topologyOf(await builder.finish());
  return { ...topology, at: (id) => numbers.get(id) ?? -1 };
}
