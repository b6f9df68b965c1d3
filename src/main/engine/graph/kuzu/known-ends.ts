import { cloudSchema, type Category, type ScopeFact } from '#shared/model/index.ts';
import type { GraphResourceHead, ResourceHead } from '#engine/ports/index.ts';
import { addressNumber, createTextNumbers } from '../shape/index.ts';
import { relativeNameOf } from '../schema/body-references.ts';
import { isOnOffer } from '../schema/catalogue.ts';
import type { ProjectNumbers } from '../schema/project-numbers.ts';
import { relationshipTables } from '../schema/tables.ts';
import {
  addressReference,
  describeScope,
  describeStub,
  stubCategory,
  type AddressReference,
  type StubHead,
} from '../schema/references.ts';
import { createRecentNumbers } from './recent-numbers.ts';

/** A node of the graph under construction: its table, and the number that stands for it in the shape. */
interface End {
  readonly table: 'Resource' | 'Address';
  readonly number: number;
}

/** Where a native id must lie to be meant. */
interface NativePlace {
  readonly scopeId: string;
  readonly region: string;
}

/**
 * Every node that a relationship may point at; unknown ones become stubs, so no reference to what somebody owns is ever
 * lost.
 */
export interface KnownEnds {
  /** Takes a listed resource. False when it is known already, by any spelling (a second key would abort the load). */
  addResource(head: ResourceHead): boolean;
  /** Null for what a cloud offers to everybody and nobody listed. */
  end(id: string, otherSide: { readonly type: string; readonly from: boolean }): End | null;
  /** The number of a resource or stub that is known by now. */
  numberOf(id: string): number | undefined;
  /** The id of a numbered resource or stub. */
  idOf(number: number): string;
  /** The ids that end in some of the names, by name: what EC2 and Google call a resource. Null where several do. */
  idsNamed(names: ReadonlySet<string>): ReadonlyMap<string, string | null>;
  /** A canonical id, or a native id that is unique in its place; a new stub when neither is known. */
  resolve(id: string, place: NativePlace & { readonly cloud: string; readonly name: string }): string;
  /** The spelling of an id that is known by now: a project of Google goes by id or number. By id when none is. */
  spelling(id: string): string;
  readonly stubs: readonly StubHead[];
  readonly addresses: ReadonlyMap<string, AddressReference>;
  stubResource(stub: StubHead): GraphResourceHead;
}

/** The name that a resource goes by among all of its cloud; null for ids that hold none. */
function nameIn(id: string): string | null {
  if (id.startsWith('arn:')) return id.includes(':ec2:') ? id.slice(id.lastIndexOf('/') + 1) : null;
  return relativeNameOf(id);
}

/** True for names of Google, which hold a project by its id or its number. */
function hasSpellings(id: string): boolean {
  return id.startsWith('//');
}

/** How many resources are looked at after the last one before all are. */
const resourcesPassed = 4;

/** Address nodes are allowed where the schema has a pair for them; elsewhere such an id is a stub resource. */
const addressEnds = new Set(
  relationshipTables.flatMap(({ name, pairs }) =>
    pairs.flatMap(([from, to]) => [
      ...(from === 'Address' ? [`${name} from`] : []),
      ...(to === 'Address' ? [`${name} to`] : []),
    ]),
  ),
);

export function createKnownEnds(wantedNativeIds: ReadonlySet<string>, projects: ProjectNumbers): KnownEnds {
  const resources = createTextNumbers();
  const addresses = new Map<string, AddressReference>();
  const addressNumbers = new Map<string, number>();
  const categories = new Map<string, Category>();
  const byNativeId = new Map<string, ResourceHead[]>();
  const stubs: StubHead[] = [];
  // What a resource points at is told together: of most relationships the one before began at the same resource.
  let lastFrom = '';
  let lastNumber = 0;
  const recent = createRecentNumbers();

  /** Relationships are told in the order of the resources where they begin, of which some have none. */
  function numberAfterLast(id: string): number | undefined {
    for (let number = lastNumber + 1; number <= lastNumber + resourcesPassed; number += 1) {
      if (resources.textOf(number) === id) return number;
    }
    return undefined;
  }

  function numberOfStart(id: string): number | undefined {
    const number = numberAfterLast(id) ?? resources.get(id);
    if (number !== undefined) [lastFrom, lastNumber] = [id, number];
    return number;
  }

  function numberOfEnd(id: string): number | undefined {
    const known = recent.get(id);
    if (known !== undefined) return known;
    const number = resources.get(id);
    if (number !== undefined) recent.set(id, number);
    return number;
  }

  function addStub(stub: StubHead): number {
    stubs.push(stub);
    return resources.add(stub.id);
  }

  function addressEnd(id: string, reference: AddressReference): End {
    let number = addressNumbers.get(id);
    if (number === undefined) {
      number = addressNumber(addressNumbers.size);
      addressNumbers.set(id, number);
      addresses.set(id, reference);
    }
    return { table: 'Address', number };
  }

  function spelling(id: string): string {
    if (!hasSpellings(id) || resources.has(id)) return id;
    const byId = projects.byId(id);
    if (resources.has(byId)) return byId;
    const byNumber = projects.byNumber(byId);
    return resources.has(byNumber) ? byNumber : byId;
  }

  function inPlace(head: ResourceHead, place: NativePlace): boolean {
    const scopeFits = head.scopeId === place.scopeId || head.scopeId.endsWith(`:${place.scopeId}`);
    return scopeFits && (head.region === place.region || head.region === 'global');
  }

  return {
    addResource(head) {
      // The same by a project's number and by its id.
      if (hasSpellings(head.id) && resources.has(spelling(head.id))) return false;
      // By the size whether it is new: looking for it first would be a second search among a million.
      const { size } = resources;
      resources.add(head.id);
      if (resources.size === size) return false;
      if (!categories.has(head.kind)) categories.set(head.kind, head.category);
      if (wantedNativeIds.has(head.nativeId)) {
        const same = byNativeId.get(head.nativeId);
        if (same === undefined) byNativeId.set(head.nativeId, [head]);
        else same.push(head);
      }
      return true;
    },
    end(id, { type, from }) {
      if (from && id === lastFrom) return { table: 'Resource', number: lastNumber };
      const number = from ? numberOfStart(id) : numberOfEnd(id);
      if (number !== undefined) return { table: 'Resource', number };
      const reference = addressReference(id);
      if (reference !== null && addressEnds.has(`${type} ${from ? 'from' : 'to'}`)) return addressEnd(id, reference);
      return isOnOffer(id) ? null : { table: 'Resource', number: addStub(describeStub(id)) };
    },
    numberOf: (id) => resources.get(id),
    spelling,
    idOf: (number) => resources.textOf(number),
    idsNamed(names) {
      const found = new Map<string, string | null>();
      if (names.size === 0) return found;
      for (const id of resources.texts()) {
        const name = nameIn(id);
        if (name !== null && names.has(name)) found.set(name, found.has(name) ? null : id);
      }
      return found;
    },
    resolve(id, place) {
      if (resources.has(id)) return id;
      const named = byNativeId.get(id) ?? [];
      const near = named.filter((head) => inPlace(head, place));
      const [only, second] = near.length > 0 ? near : named;
      if (only !== undefined && second === undefined) return only.id;
      const stub = describeStub(id);
      // A bare native id says nothing about itself; who manages it says where it is.
      const cloud = cloudSchema.catch(stub.cloud).parse(place.cloud);
      const placed = { ...stub, name: place.name, cloud, scopeId: place.scopeId, region: place.region };
      addStub(stub.scopeId === '' ? placed : stub);
      return id;
    },
    stubs,
    addresses,
    stubResource(stub) {
      const nothing = { zone: null, state: null, createdAt: null, public: null, cidr: null, ip: null, tags: {} };
      return {
        fact: { ...stub, ...nothing, category: stubCategory(stub.kind, categories) },
        isStub: true,
        firstRun: 0,
        lastRun: 0,
        changedRun: 0,
        stale: false,
        driftHash: '',
        references: [],
      };
    },
  };
}

/** The scopes of a build; one that is only named by a resource or a child becomes a stub. */
export interface KnownScopes {
  /** Makes sure the scope exists. */
  need(id: string): void;
  readonly listed: ReadonlyMap<string, ScopeFact>;
  readonly stubs: ReadonlyMap<string, ScopeFact>;
}

export function createKnownScopes(scopes: Iterable<ScopeFact>): KnownScopes {
  const listed = new Map<string, ScopeFact>();
  for (const scope of scopes) listed.set(scope.id, scope);
  const stubs = new Map<string, ScopeFact>();
  function need(id: string): void {
    if (listed.has(id) || stubs.has(id)) return;
    const described = describeScope(id);
    stubs.set(id, { id, ...described, name: described.nativeId, parentId: null });
  }
  for (const scope of listed.values()) if (scope.parentId !== null) need(scope.parentId);
  return { need, listed, stubs };
}
