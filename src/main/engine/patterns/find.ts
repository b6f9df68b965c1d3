import type {
  InstanceSelection,
  PatternCandidate,
  RelationshipFact,
  ResourceFact,
  ScopeFact,
} from '#shared/model/index.ts';

/** A resource without its body is enough to see what recurs. */
export type Head = Pick<ResourceFact, 'id' | 'kind' | 'scopeId' | 'region' | 'tags' | 'category'>;

export interface EstateOutline {
  readonly resources: readonly Head[];
  readonly relationships: readonly Pick<RelationshipFact, 'type' | 'from' | 'to'>[];
  readonly scopes: readonly Pick<ScopeFact, 'id' | 'name'>[];
}

/** Fewer resources, or of fewer kinds, are not worth a blueprint. */
const leastResources = 5;
const leastKinds = 3;
/** Comparing every place with every other grows with the square; an estate this wide is searched by tag instead. */
const mostPlaces = 400;

interface Place {
  readonly scope: string;
  readonly region: string;
  readonly tag: { readonly key: string; readonly value: string } | null;
  readonly size: number;
  readonly kinds: ReadonlyMap<string, number>;
  /** Counts of kinds together with where their edges lead: tells a database in a network from one outside. */
  readonly shapes: ReadonlyMap<string, number>;
}

/**
 * Structures that recur: the same kinds in several scope × region places, as a whole or under one tag. Similarity is
 * the weighted Jaccard index of the kinds; the order also weighs one round of Weisfeiler-Lehman refinement over
 * outgoing edges, which separates places that only hold the same kinds from those that are wired alike.
 */
export function findPatterns(outline: EstateOutline, minimumSimilarity: number): readonly PatternCandidate[] {
  const labels = refinedLabels(outline);
  const families = [wholePlaces(outline, labels), ...taggedPlaces(outline, labels)];
  const found = families.flatMap((places) => clusters(places.slice(0, mostPlaces), minimumSimilarity));
  const scopeNames = new Map(outline.scopes.map((scope) => [scope.id, scope.name]));
  const ranked = found
    .map((cluster) => ({ cluster, similarity: similarityOf(cluster, 'kinds'), shape: similarityOf(cluster, 'shapes') }))
    .toSorted((left, right) => rank(right) - rank(left));
  return withoutRepeats(ranked).map(({ cluster, similarity }) => candidate(cluster, similarity, scopeNames));
}

/** What is alike and wired alike comes first; then what recurs more often; then what is larger. */
function rank(found: {
  readonly cluster: readonly Place[];
  readonly similarity: number;
  readonly shape: number;
}): number {
  const { cluster, similarity, shape } = found;
  const size = cluster.reduce((sum, place) => sum + place.size, 0) / cluster.length;
  return similarity * shape * Math.log2(1 + size) * Math.log2(1 + cluster.length);
}

/** Each resource's kind with the kinds its outgoing edges lead to. */
function refinedLabels(outline: EstateOutline): ReadonlyMap<string, string> {
  const kinds = new Map(outline.resources.map((resource) => [resource.id, resource.kind]));
  const edges = new Map<string, string[]>();
  for (const { type, from, to } of outline.relationships) {
    const target = kinds.get(to);
    if (target === undefined || !kinds.has(from)) continue;
    listed(edges, from).push(`${type}>${target}`);
  }
  // A set, not a list: a table with two subnets and one with three have the same shape.
  return new Map(
    outline.resources.map(({ id, kind }) => [id, [kind, ...[...new Set(edges.get(id))].toSorted()].join(' ')]),
  );
}

function wholePlaces(outline: EstateOutline, labels: ReadonlyMap<string, string>): readonly Place[] {
  return placesOf(outline.resources, labels, null);
}

/** For every tag that several places carry with the same value: what lies under it in each. */
function taggedPlaces(outline: EstateOutline, labels: ReadonlyMap<string, string>): readonly (readonly Place[])[] {
  const byTag = new Map<string, { readonly key: string; readonly value: string; readonly resources: Head[] }>();
  for (const resource of outline.resources) {
    for (const [key, value] of Object.entries(resource.tags)) {
      if (key === 'Name' || key.startsWith('aws:')) continue;
      const name = JSON.stringify([key, value]);
      const entry = byTag.get(name) ?? { key, value, resources: [] };
      entry.resources.push(resource);
      byTag.set(name, entry);
    }
  }
  return [...byTag.values()].map(({ key, value, resources }) => placesOf(resources, labels, { key, value }));
}

function placesOf(
  resources: readonly Head[],
  labels: ReadonlyMap<string, string>,
  tag: Place['tag'],
): readonly Place[] {
  const cells = new Map<string, Head[]>();
  for (const resource of resources) {
    if (resource.region === 'global' || isMadeByOthers(resource)) continue;
    const key = JSON.stringify([resource.scopeId, resource.region]);
    listed(cells, key).push(resource);
  }
  return [...cells.values()].flatMap((members): Place[] => {
    const [first] = members;
    const kinds = counted(members.map((member) => member.kind));
    if (first === undefined || members.length < leastResources || kinds.size < leastKinds) return [];
    const shapes = counted(members.map((member) => labels.get(member.id) ?? member.kind));
    return [{ scope: first.scopeId, region: first.region, tag, size: members.length, kinds, shapes }];
  });
}

/** Interfaces come and go with what uses them and say nothing of their own. */
function isMadeByOthers(resource: Head): boolean {
  return resource.category === 'interface';
}

/** The list under a key, made when there is none yet: appending must not copy, hubs have very many edges. */
function listed<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const made: Item[] = [];
  lists.set(key, made);
  return made;
}

function counted(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Sum of the smaller over sum of the larger counts: 1 for equal bags, 0 for nothing in common. */
function weightedJaccard(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [ours, theirs] = [left.get(key) ?? 0, right.get(key) ?? 0];
    shared += Math.min(ours, theirs);
    all += Math.max(ours, theirs);
  }
  return all === 0 ? 0 : shared / all;
}

/** Groups of at least two places in which every pair is similar enough. */
function clusters(places: readonly Place[], minimum: number): readonly (readonly Place[])[] {
  const groups: Place[][] = [];
  for (const place of places.toSorted((left, right) => right.size - left.size)) {
    const home = groups.find((group) => group.every((member) => weightedJaccard(member.kinds, place.kinds) >= minimum));
    if (home === undefined) groups.push([place]);
    else home.push(place);
  }
  return groups.filter((group) => group.length > 1);
}

/** The mean over all pairs. */
function similarityOf(cluster: readonly Place[], by: 'kinds' | 'shapes'): number {
  let sum = 0;
  let pairs = 0;
  for (const [index, left] of cluster.entries()) {
    for (const right of cluster.slice(index + 1)) {
      sum += weightedJaccard(left[by], right[by]);
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** The same resources are found whole and under each of their common tags; the best-ranked stands for all. */
function withoutRepeats<Found extends { readonly cluster: readonly Place[] }>(
  ranked: readonly Found[],
): readonly Found[] {
  const seen = new Set<string>();
  return ranked.filter(({ cluster }) => {
    const sign = cluster
      .map(
        (place) =>
          `${place.scope} ${place.region} ${[...place.kinds]
            .map(([kind, count]) => `${kind} ${count}`)
            .toSorted()
            .join()}`,
      )
      .toSorted()
      .join('\n');
    if (seen.has(sign)) return false;
    seen.add(sign);
    return true;
  });
}

function candidate(
  cluster: readonly Place[],
  similarity: number,
  scopeNames: ReadonlyMap<string, string>,
): PatternCandidate {
  const names = instanceNames(cluster, scopeNames);
  const instances = cluster.map((place, index): InstanceSelection => ({
    name: names[index] ?? `instance-${index + 1}`,
    scope: place.scope,
    region: place.region,
    tags: place.tag === null ? [] : [place.tag],
    ids: [],
  }));
  const [first] = cluster;
  const tag = first?.tag ?? null;
  const what = tag === null ? 'Everything' : tag.value;
  return {
    id: [
      tag === null ? '' : `${tag.key}=${tag.value}`,
      ...cluster.map((place) => `${place.scope}/${place.region}`).toSorted(),
    ]
      .join(' ')
      .trim(),
    title: `${what} in ${cluster.map((place) => `${scopeNames.get(place.scope) ?? place.scope} ${place.region}`).join(', ')}`,
    instances: instances.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    kinds: Object.fromEntries(first?.kinds ?? []),
    similarity,
  };
}

/** The shortest names that tell the places apart: `eu`, else `eu-west-1`, else `production-eu-west-1`. */
function instanceNames(cluster: readonly Place[], scopeNames: ReadonlyMap<string, string>): readonly string[] {
  const ways: readonly ((place: Place) => string)[] = [
    (place) => place.region.split('-')[0] ?? place.region,
    (place) => place.region,
    (place) => `${scopeNames.get(place.scope) ?? place.scope}-${place.region}`,
    (place) => `${place.scope}-${place.region}`,
  ];
  for (const way of ways) {
    const names = cluster.map((place) => slug(way(place)));
    if (new Set(names).size === names.length) return names;
  }
  return cluster.map((_place, index) => `instance-${index + 1}`);
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `i-${plain}`;
}
