import type { GraphRelationship, GraphResourceHead } from '#engine/ports/index.ts';
import { bodyReference, ownersOf, type BodyOwner } from '../schema/body-references.ts';
import type { ProjectNumbers } from '../schema/project-numbers.ts';
import { createPairSet, createPauses } from '../shape/index.ts';
import type { KnownEnds } from './known-ends.ts';

/** Where a reference was read: somewhere in the body, which is all that can be told of it. */
export const bodySource = 'body';
/** An id that stands in a body says no more than that. */
const confidence = 0.8;
const batchSize = 2000;

/** What bodies refer to, on its way to become relationships. */
export interface BodyReferences {
  /** Keeps what the body of a listed resource names; all resources come before the first relationship. */
  note(resource: GraphResourceHead): void;
  /** Finds out what all noted references mean; once, when every resource is known. */
  resolve(): Promise<void>;
  /** Forgets a reference whose ends a relationship joins, whichever way: it says the same, and better. */
  joined(from: number, to: number): void;
  /** What is left, as relationships in batches. */
  rest(): Iterable<readonly GraphRelationship[]>;
}

type Place = Pick<BodyOwner, 'scopeId' | 'region'>;

/** What the body of one resource names; of the rest only what is needed, because there may be a million. */
interface Waiting {
  /** The number of the resource, as of every node here. */
  readonly from: number;
  readonly run: number;
  readonly place: Place;
  readonly references: readonly string[];
}

/** Names that the place of a body does not have, beside who named each. Two lists, because there may be millions. */
interface Elsewhere {
  readonly names: string[];
  readonly from: Waiting[];
}

/** One place for all resources that lie in it. */
function createPlaces(): (place: Place) => Place {
  const places = new Map<string, Place>();
  return ({ scopeId, region }) => {
    const key = `${scopeId} ${region}`;
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = { scopeId, region }));
    return place;
  };
}

/**
 * Finds what the ids in bodies mean once all resources are known: a resource, for an id of a part the resource it is a
 * part of, or for an id that says by itself what it names a stub. A short id of EC2 means what its own place has, or the
 * only one of that name; a name of Google without its service means the only one of that name.
 */
export function createBodyReferences(ends: KnownEnds, projects: ProjectNumbers): BodyReferences {
  const waiting: Waiting[] = [];
  const placeOf = createPlaces();
  const pairs = createPairSet();
  /** One for each node whose body names something: most relationships join two that name nothing. */
  let naming = new Uint8Array(0);
  const noted: { readonly from: number[]; readonly to: number[]; readonly run: number[] } = {
    from: [],
    to: [],
    run: [],
  };

  function add({ from, run }: Waiting, id: string): void {
    const to = ends.end(id, { type: 'REFERENCES', from: false });
    if (to === null || to.table === 'Address' || to.number === from || !pairs.add(from, to.number)) return;
    naming[from] = 1;
    noted.from.push(from);
    noted.to.push(to.number);
    noted.run.push(run);
  }

  /** Adds what names stand for that the place of the body does not have: the only one of that name, or its owner. */
  function addNamed({ names, from }: Elsewhere): void {
    const spellings = (name: string): readonly string[] =>
      [name, ...ownersOf(name)].flatMap((each) => [projects.byId(each), projects.byNumber(each)]);
    const wanted = new Set<string>();
    for (const name of names) for (const each of spellings(name)) wanted.add(each);
    const known = ends.idsNamed(wanted);
    for (const [index, one] of from.entries()) {
      const name = names[index] ?? '';
      const to = spellings(name)
        .map((each) => known.get(each))
        .find((id) => id !== undefined);
      if (to !== undefined && to !== null) add(one, to);
    }
  }

  function relationshipAt(index: number): readonly GraphRelationship[] {
    const [from = 0, to = 0, run = 0] = [noted.from[index], noted.to[index], noted.run[index]];
    if (!pairs.has(from, to)) return [];
    const joined = { from: ends.idOf(from), to: ends.idOf(to) };
    return [{ fact: { type: 'REFERENCES', ...joined, source: bodySource, confidence, properties: {} }, run }];
  }

  return {
    note({ fact, references, lastRun }) {
      if (references.length === 0) return;
      const from = ends.numberOf(fact.id);
      if (from === undefined) return;
      waiting.push({ from, run: lastRun, place: placeOf(fact), references });
    },
    async resolve() {
      const pause = createPauses();
      naming = new Uint8Array(waiting.reduce((most, { from }) => Math.max(most, from + 1), 0));
      const elsewhere: Elsewhere = { names: [], from: [] };
      for (const one of waiting) {
        const owner = { id: ends.idOf(one.from), ...one.place };
        for (const reference of one.references) {
          const { id, isFull, name } = bodyReference(reference, owner);
          const spelled = [id, ...ownersOf(id)].map((each) => ends.spelling(each));
          const known = spelled.find((each) => ends.numberOf(each) !== undefined);
          if (known !== undefined || isFull) add(one, known ?? ends.spelling(id));
          else if (name !== null) {
            elsewhere.names.push(name);
            elsewhere.from.push(one);
          }
        }
        await pause();
      }
      addNamed(elsewhere);
      waiting.length = 0;
    },
    joined(from, to) {
      if (naming[from] === 1) pairs.delete(from, to);
      if (naming[to] === 1) pairs.delete(to, from);
    },
    *rest() {
      const count = noted.from.length;
      for (let start = 0; start < count; start += batchSize) {
        const length = Math.min(batchSize, count - start);
        yield Array.from({ length }, (_, index) => relationshipAt(start + index)).flat();
      }
    },
  };
}
