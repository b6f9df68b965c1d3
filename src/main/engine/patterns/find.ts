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

/** Lets others have their turn when enough time has gone by. */
export type Breathe = () => Promise<void> | undefined;

/** How many resources are looked at between two breaths. */
const atOnce = 500;

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
 * outgoing edges, which separates places that only hold the same kinds from those that are wired alike. Called now and
 * then, `breathe` lets others have their turn.
 */
export async function findPatterns(
  outline: EstateOutline,
  minimumSimilarity: number,
  breathe: Breathe,
): Promise<readonly PatternCandidate[]> {
  const labels = await refinedLabels(outline, breathe);
  const found: (readonly Place[])[] = [];
  for (const { resources, tag } of await families(outline, breathe)) {
    const places = placesOf(resources, labels, tag).slice(0, mostPlaces);
    for (const cluster of clusters(places, minimumSimilarity)) found.push(cluster);
    await breathe();
  }
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
async function refinedLabels(outline: EstateOutline, breathe: Breathe): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map(outline.resources.map((resource) => [resource.id, resource.kind]));
  // A set, not a list: a table with two subnets and one with three have the same shape.
  const edges = new Map<string, Set<string>>();
  for (const [index, { type, from, to }] of outline.relationships.entries()) {
    if (index % atOnce === 0) await breathe();
    const target = kinds.get(to);
    if (target === undefined || !kinds.has(from)) continue;
    const known = edges.get(from);
    if (known === undefined) edges.set(from, new Set([`${type}>${target}`]));
    else known.add(`${type}>${target}`);
  }
  const labels = new Map<string, string>();
  for (const [index, { id, kind }] of outline.resources.entries()) {
    if (index % atOnce === 0) await breathe();
    labels.set(id, [kind, ...[...(edges.get(id) ?? [])].toSorted()].join(' '));
  }
  return labels;
}

interface Family {
  readonly resources: readonly Head[];
  readonly tag: Place['tag'];
}

/** The whole estate, and for every tag that resources carry with the same value what lies under it. */
async function families(outline: EstateOutline, breathe: Breathe): Promise<readonly Family[]> {
  const byTag = new Map<string, { readonly tag: NonNullable<Place['tag']>; readonly resources: Head[] }>();
  for (const [index, resource] of outline.resources.entries()) {
    if (index % atOnce === 0) await breathe();
    for (const [key, value] of Object.entries(resource.tags)) {
      if (key === 'Name' || key.startsWith('aws:')) continue;
      const name = JSON.stringify([key, value]);
      const known = byTag.get(name);
      if (known === undefined) byTag.set(name, { tag: { key, value }, resources: [resource] });
      else known.resources.push(resource);
    }
  }
  return [{ resources: outline.resources, tag: null }, ...byTag.values()];
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
function weightedJaccard(left: Place, right: Place, by: 'kinds' | 'shapes'): number {
  const [few, many] = left[by].size <= right[by].size ? [left[by], right[by]] : [right[by], left[by]];
  let shared = 0;
  for (const [key, count] of few) shared += Math.min(count, many.get(key) ?? 0);
  // Of two counts the larger is what the smaller leaves of their sum.
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Groups of at least two places in which every pair is similar enough. */
function clusters(places: readonly Place[], minimum: number): readonly (readonly Place[])[] {
  const groups: Place[][] = [];
  for (const place of places.toSorted((left, right) => right.size - left.size)) {
    const home = groups.find((group) => group.every((member) => weightedJaccard(member, place, 'kinds') >= minimum));
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
      sum += weightedJaccard(left, right, by);
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
