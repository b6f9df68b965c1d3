import type { RelationshipFact, RelationshipType } from '#shared/model/index.ts';
import type { GraphRelationship } from '#engine/ports/index.ts';
import { isPublicAddress } from '../schema/public-address.ts';

/** Where such a relationship was read: in no body, it follows from two others. */
const addressSource = 'address';
/** Names and addresses move from one resource to another between two listings. */
const confidence = 0.9;
/** A name that more have than this says nothing about any of them. */
const mostOwners = 16;
/** What leads to a name: a key by its vault's host, an image by its registry's, a certificate by where it is kept. */
const leadingTypes: ReadonlySet<RelationshipType> = new Set(['TARGETS', 'ENCRYPTED_BY', 'DERIVED_FROM', 'REFERENCES']);

/** What names and addresses lead to, on its way to become relationships. */
export interface AddressTargets {
  /** Keeps who has a name or public address, and who leads there. */
  note(relationship: GraphRelationship): void;
  /** Relationships from those who lead to a name to those who have it; once, when all others were told. */
  rest(): readonly GraphRelationship[];
}

/**
 * A record in DNS, an origin, an integration, a key in a vault or an image names a host, not a resource; the balancer,
 * the machine, the vault or the registry that has this host says so itself. What the two say together is one relationship more. Private addresses are
 * left out: the same one stands for another machine in each network.
 */
export function createAddressTargets(): AddressTargets {
  const owners = new Map<string, Set<string>>();
  const leading: GraphRelationship[] = [];

  function isUnique(id: string): boolean {
    return id.startsWith('dns:') || (id.startsWith('ip:') && isPublicAddress(id.slice('ip:'.length)));
  }

  function ownersOf({ to }: RelationshipFact): readonly string[] {
    const found = owners.get(to);
    return found === undefined || found.size > mostOwners ? [] : [...found];
  }

  function between({ fact, run }: GraphRelationship, owner: string): GraphRelationship {
    const properties = { ...fact.properties, address: fact.to };
    const told: RelationshipFact = { ...fact, to: owner, source: addressSource, confidence, properties };
    return { fact: told, run };
  }

  return {
    note(relationship) {
      const { type, from, to } = relationship.fact;
      if (!isUnique(to)) return;
      if (leadingTypes.has(type)) leading.push(relationship);
      else if (type === 'HAS_ADDRESS') {
        const known = owners.get(to);
        if (known === undefined) owners.set(to, new Set([from]));
        else known.add(from);
      }
    },
    rest() {
      return leading.flatMap((relationship) =>
        ownersOf(relationship.fact)
          .filter((owner) => owner !== relationship.fact.from)
          .map((owner) => between(relationship, owner)),
      );
    },
  };
}
