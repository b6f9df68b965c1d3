import { nodeFlags, type GraphResourceHead, type GraphShape, type TagColumns } from '#engine/ports/index.ts';
import { addressRange, v4Range } from '../schema/addresses.ts';
import { createCodedColumn } from './coded-column.ts';
import type { NumberedRelationship } from './numbering.ts';
import { createNumbers } from './numbers.ts';
import { createRelationshipColumns } from './relationship-builder.ts';
import { createTextColumn } from './text-column.ts';

/** The columns of a graph as it is built. Nodes may be added until the end, in the order of their numbers. */
export interface ShapeBuilder {
  addResource(resource: GraphResourceHead): void;
  addAddress(id: string, value: string): void;
  addRelationship(relationship: NumberedRelationship): void;
  finish(): Promise<GraphShape>;
}

function createTagColumns(): { add(tags: Readonly<Record<string, string>>): void; finish(): TagColumns } {
  const known = new Map<string, Map<string, number>>();
  const starts = createNumbers(Uint32Array);
  const pairs = createNumbers(Uint32Array);
  const keys = createCodedColumn();
  const values = createTextColumn({ fold: true });
  starts.push(0);
  return {
    add(tags) {
      for (const [key, value] of Object.entries(tags)) {
        let ofKey = known.get(key);
        if (ofKey === undefined) {
          ofKey = new Map();
          known.set(key, ofKey);
        }
        let number = ofKey.get(value);
        if (number === undefined) {
          number = values.length;
          ofKey.set(value, number);
          keys.push(key);
          values.push(value);
        }
        pairs.push(number);
      }
      starts.push(pairs.length);
    },
    finish: () => ({
      starts: starts.finish(),
      pairs: pairs.finish(),
      keys: keys.finish(),
      values: values.finish(),
    }),
  };
}

const longestTail = 2 ** 16 - 1;

export function createShapeBuilder(): ShapeBuilder {
  const [ids, names] = [createTextColumn({ fold: true }), createTextColumn({ fold: true })];
  const [cidrs, ips] = [createTextColumn({ fold: true }), createTextColumn({ fold: true })];
  const [clouds, kinds, categories] = [createCodedColumn(), createCodedColumn(), createCodedColumn()];
  const [scopes, regions] = [createCodedColumn(), createCodedColumn()];
  const [zones, states] = [createCodedColumn(), createCodedColumn()];
  const nativeTails = createNumbers(Uint16Array);
  const nativeIds = new Map<number, string>();
  const [netFirst, netLast] = [createNumbers(Uint32Array), createNumbers(Uint32Array)];
  const flags = createNumbers(Uint8Array);
  const createdAt = createNumbers(Float64Array);
  const [firstRun, lastRun] = [createNumbers(Uint32Array), createNumbers(Uint32Array)];
  const changedRun = createNumbers(Uint32Array);
  const tags = createTagColumns();
  const relationships = createRelationshipColumns();
  const addresses: { readonly id: string; readonly value: string }[] = [];
  let resources = 0;

  /** Adds the address columns of a node and tells the flags they give. */
  function addNetwork(network: string): number {
    const range = v4Range(network);
    netFirst.push(range?.first ?? 0);
    netLast.push(range?.last ?? 0);
    if (range !== null) return nodeFlags.v4;
    return network.includes(':') && addressRange(network) !== null ? nodeFlags.v6 : 0;
  }

  return {
    addResource({ fact, isStub, stale, ...runs }) {
      const tail = fact.id.endsWith(fact.nativeId) ? fact.nativeId.length : 0;
      if (tail === 0 || tail > longestTail) nativeIds.set(resources, fact.nativeId);
      ids.push(fact.id);
      names.push(fact.name);
      nativeTails.push(tail > longestTail ? 0 : tail);
      clouds.push(fact.cloud);
      kinds.push(fact.kind);
      categories.push(fact.category);
      scopes.push(fact.scopeId);
      regions.push(fact.region);
      zones.push(fact.zone ?? '');
      states.push(fact.state ?? '');
      cidrs.push(fact.cidr ?? '');
      ips.push(fact.ip ?? '');
      const known = fact.public === null ? 0 : nodeFlags.publicKnown | (fact.public ? nodeFlags.public : 0);
      const seen = (isStub ? nodeFlags.stub : 0) | (stale ? nodeFlags.stale : 0);
      flags.push(known | seen | addNetwork(fact.cidr ?? fact.ip ?? ''));
      createdAt.push(fact.createdAt === null ? Number.NaN : Math.round(fact.createdAt));
      firstRun.push(runs.firstRun);
      lastRun.push(runs.lastRun);
      changedRun.push(runs.changedRun);
      tags.add(fact.tags);
      resources += 1;
    },
    addAddress: (id, value) => void addresses.push({ id, value }),
    addRelationship: (relationship) => relationships.add(relationship),
    async finish() {
      for (const { id, value } of addresses) {
        ids.push(id);
        names.push(value);
        // The internet is every IPv4 address.
        flags.push(addNetwork(id === 'internet' ? '0.0.0.0/0' : value));
      }
      return {
        resources,
        nodes: resources + addresses.length,
        ids: ids.finish(),
        names: names.finish(),
        nativeTails: nativeTails.finish(),
        nativeIds,
        clouds: clouds.finish(),
        kinds: kinds.finish(),
        categories: categories.finish(),
        scopes: scopes.finish(),
        regions: regions.finish(),
        zones: zones.finish(),
        states: states.finish(),
        cidrs: cidrs.finish(),
        ips: ips.finish(),
        netFirst: netFirst.finish(),
        netLast: netLast.finish(),
        flags: flags.finish(),
        createdAt: createdAt.finish(),
        firstRun: firstRun.finish(),
        lastRun: lastRun.finish(),
        changedRun: changedRun.finish(),
        tags: tags.finish(),
        relationships: await relationships.finish({ resources, nodes: resources + addresses.length }),
      };
    },
  };
}
