import type { GraphRelationship, GraphResourceHead } from '#engine/ports/index.ts';
import { bodyReference, ownersOf } from '../schema/body-references.ts';
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

interface Noted {
  readonly from: string;
  readonly to: string;
  readonly run: number;
}

/**
 * Finds what the ids in bodies mean once all resources are known: a resource, for an id of a part the resource it is a
 * part of, or for an id that says by itself what it names a stub. A short id of EC2 means what its own place has, or the
 * only one of that name; a name of Google without its service means the only one of that name.
 */
export function createBodyReferences(ends: KnownEnds): BodyReferences {
  const waiting: GraphResourceHead[] = [];
  const pairs = createPairSet();
  const noted: Noted[] = [];

  function add({ fact: { id: from }, lastRun: run }: GraphResourceHead, to: string): void {
    const number = ends.numberOf(from);
    if (to === from || number === undefined) return;
    const other = ends.end(to, { type: 'REFERENCES', from: false }).number;
    if (pairs.add(number, other)) noted.push({ from, to, run });
  }

  /** Adds what names stand for that the place of the body does not have: the only one of that name, or its owner. */
  function addNamed(elsewhere: readonly { readonly resource: GraphResourceHead; readonly name: string }[]): void {
    const withOwners = (name: string): readonly string[] => [name, ...ownersOf(name)];
    const known = ends.idsNamed(new Set(elsewhere.flatMap(({ name }) => withOwners(name))));
    for (const { resource, name } of elsewhere) {
      const to =
        withOwners(name)
          .map((one) => known.get(one))
          .find((id) => id !== undefined) ?? null;
      if (to !== null) add(resource, to);
    }
  }

  return {
    note(resource) {
      if (resource.references.length > 0) waiting.push(resource);
    },
    async resolve() {
      const pause = createPauses();
      const elsewhere: { readonly resource: GraphResourceHead; readonly name: string }[] = [];
      for (const resource of waiting) {
        for (const one of resource.references) {
          const { id, isFull, name } = bodyReference(one, resource.fact);
          const known = [id, ...ownersOf(id)].find((each) => ends.numberOf(each) !== undefined);
          if (known !== undefined || isFull) add(resource, known ?? id);
          else if (name !== null) elsewhere.push({ resource, name });
        }
        await pause();
      }
      addNamed(elsewhere);
      waiting.length = 0;
    },
    joined(from, to) {
      if (pairs.size === 0) return;
      pairs.delete(from, to);
      pairs.delete(to, from);
    },
    *rest() {
      for (let start = 0; start < noted.length; start += batchSize) {
        yield noted.slice(start, start + batchSize).flatMap(({ from, to, run }) => {
          const [left, right] = [ends.numberOf(from), ends.numberOf(to)];
          if (left === undefined || right === undefined || !pairs.has(left, right)) return [];
          return { fact: { type: 'REFERENCES', from, to, source: bodySource, confidence, properties: {} }, run };
        });
      }
    },
  };
}
