import type { FactStore } from '#engine/ports/index.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import type { Head } from '../patterns/index.ts';
import type { EstateReader, EstateRestriction } from './deps.ts';

/** Reads the estate from the facts, which hold the bodies that the graph leaves out. */
export function createEstateReader(facts: Pick<FactStore, 'view'>): EstateReader {
  return {
    async outline(signal) {
      const view = await facts.view(signal);
      const resources: Head[] = [];
      for await (const heads of view.heads()) for (const { fact } of heads) resources.push(fact);
      const relationships: RelationshipFact[] = [];
      for await (const batch of view.relationships()) for (const { fact } of batch) relationships.push(fact);
      return { resources, relationships, scopes: view.scopes };
    },

    async slice(restriction, signal) {
      const view = await facts.view(signal);
      const resources: ResourceFact[] = [];
      const matches = matcher(restriction);
      for await (const { fact, isStub } of view.resources(matches)) if (!isStub) resources.push(fact);
      const known = new Set(resources.map((resource) => resource.id));
      const relationships: RelationshipFact[] = [];
      for await (const batch of view.relationships()) {
        for (const { fact } of batch) if (known.has(fact.from) || known.has(fact.to)) relationships.push(fact);
      }
      return { resources, relationships };
    },
  };
}

function matcher(restriction: EstateRestriction): (fact: Pick<ResourceFact, 'id' | 'scopeId' | 'region'>) => boolean {
  const [scopes, regions, ids] = [restriction.scopes, restriction.regions, restriction.ids].map(
    (list) => new Set(list),
  );
  const allows = (set: ReadonlySet<string> | undefined, value: string): boolean =>
    set === undefined || set.size === 0 || set.has(value);
  return (fact) => allows(scopes, fact.scopeId) && allows(regions, fact.region) && allows(ids, fact.id);
}
