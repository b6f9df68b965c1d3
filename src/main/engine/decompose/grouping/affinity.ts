import { attributeSchema } from '../../artifacts/terraform/attribute-types.ts';
import type { RootGraph } from '../graph/root-graph.ts';
import { weightedWords, wordVectors } from './words.ts';

/** What draws members together besides references and names. */
export interface Evidence {
  /** Take the files that members stand in as the author's own grouping. */
  readonly files: boolean;
}

/** How strongly pairs of members belong together. Members are numbered as in the graph. */
export interface Affinity {
  readonly size: number;
  /** Calls back once per pair, with the smaller number first. */
  each(visit: (one: number, other: number, weight: number) => void): void;
}

/** Pairs with their weights, keyed by one number. */
export class PairWeights implements Affinity {
  readonly size: number;
  readonly #weights = new Map<number, number>();

  constructor(size: number) {
    this.size = size;
  }

  add(one: number, other: number, weight: number): void {
    if (one === other || weight <= 0) return;
    const key = one < other ? one * this.size + other : other * this.size + one;
    this.#weights.set(key, (this.#weights.get(key) ?? 0) + weight);
  }

  each(visit: (one: number, other: number, weight: number) => void): void {
    for (const [key, weight] of this.#weights) visit(Math.floor(key / this.size), key % this.size, weight);
  }
}

// Weights found on real roots; docs/adr/0012 tells how.
const reference = 1;
const passedThrough = 0.5;
const satellite = 2;
const likeness = 0.5;
const leastLikeness = 0.2;
const sameFile = 6;
/** Who reads a secret belongs to who owns it: secrets should not cross. */
const sharedSecret = 4;
/** In a long file only what stands so near ties a member, before it and after: this too keeps the work linear. */
const nearInFile = 40;
/** Words that more than this share of the members have say nothing. */
const commonShare = 0.25;
/** Nor do words of more members than this, however many there are in all: this keeps the work linear. */
const commonCount = 80;

/** Types that exist only for another resource. */
const satelliteType =
  /_(attachment|association|rule|policy|listener|acl|versioning|configuration|access_block|controls|notification|permission|version|subscription|validation|alias|target|access_point|filter|integration|method|response|deployment|stage|member|binding|grant|record_set|route)$/;

/** Files named after a kind of thing, or after nothing, tell no feature. */
const kindFile =
  /^(main|polic(y|ies)|secrets?|kms|iam|roles?|s3|buckets?|sg|security[-_]?groups?|data|locals?|platform_.*|common|shared|misc|resources|modules?|outputs?|variables?|versions?|providers?|override)$/;

/** How many words two resource types begin with in common, the provider's left out: `aws_lb` and `aws_lb_listener` one. */
function kinship(one: string, other: string): number {
  const [left, right] = [one.split('_').slice(1), other.split('_').slice(1)];
  const differs = left.findIndex((word, at) => word !== right[at]);
  return differs === -1 ? left.length : differs;
}

function addReferences(pairs: PairWeights, graph: RootGraph, index: ReadonlyMap<string, number>): void {
  const popularity = new Map<string, number>();
  for (const { to } of graph.dependencies) popularity.set(to, (popularity.get(to) ?? 0) + 1);
  const typeOf = (address: string): string => graph.declarations.get(address)?.type ?? '';
  const parents = new Map<string, { readonly to: string; readonly kin: number; readonly shared: number }>();
  for (const { from, to, via } of graph.dependencies) {
    const shared = popularity.get(to) ?? 1;
    const kin = kinship(typeOf(from), typeOf(to));
    // What many refer to ties them less, unless it is of their own kind.
    const weight = (via.length === 0 ? reference : passedThrough) / (kin > 0 ? 1 : Math.sqrt(shared));
    pairs.add(index.get(from) ?? 0, index.get(to) ?? 0, weight);
    const rival = parents.get(from);
    if (rival === undefined || kin > rival.kin || (kin === rival.kin && shared < rival.shared)) {
      parents.set(from, { to, kin, shared });
    }
  }
  for (const from of graph.members) {
    for (const { to, attribute } of graph.uses(from)) {
      const secret = attribute !== null && attributeSchema(typeOf(to), attribute)['x-sensitive'] === true;
      if (secret && index.has(to)) pairs.add(index.get(from) ?? 0, index.get(to) ?? 0, sharedSecret);
    }
  }
  for (const [from, { to }] of parents) {
    if (!satelliteType.test(typeOf(from))) continue;
    pairs.add(index.get(from) ?? 0, index.get(to) ?? 0, satellite);
  }
}

function addNames(pairs: PairWeights, graph: RootGraph): void {
  const words = graph.members.map((address) => {
    const declaration = graph.declarations.get(address);
    return declaration === undefined ? new Map<string, number>() : weightedWords(declaration, graph.uses(address));
  });
  const holders = new Map<string, { readonly member: number; readonly value: number }[]>();
  for (const [member, vector] of wordVectors(words).entries()) {
    for (const [word, value] of vector) {
      const list = holders.get(word);
      if (list === undefined) holders.set(word, [{ member, value }]);
      else list.push({ member, value });
    }
  }
  const products = new PairWeights(graph.members.length);
  for (const list of holders.values()) {
    if (list.length > Math.max(8, Math.min(commonCount, commonShare * graph.members.length))) continue;
    for (const [at, one] of list.entries()) {
      for (let next = at + 1; next < list.length; next += 1) {
        const other = list[next];
        if (other !== undefined) products.add(one.member, other.member, one.value * other.value);
      }
    }
  }
  products.each((one, other, likeNess) => {
    if (likeNess > leastLikeness) pairs.add(one, other, likeness * likeNess * likeNess);
  });
}

/** The file of a member without its ending, when its name may tell a feature. */
export function featureFile(graph: RootGraph, address: string): string | null {
  const file = graph.declarations.get(address)?.pieces[0]?.file.path.replace(/\.(tf|tofu)$/, '') ?? '';
  return kindFile.test(file) ? null : file;
}

function addFiles(pairs: PairWeights, graph: RootGraph): void {
  const files = new Map<string, number[]>();
  for (const [member, address] of graph.members.entries()) {
    const file = featureFile(graph, address);
    if (file === null) continue;
    const list = files.get(file);
    if (list === undefined) files.set(file, [member]);
    else list.push(member);
  }
  for (const list of files.values()) {
    // One that holds most of the root is no feature.
    if (list.length > graph.members.length / 2) continue;
    const reach = Math.min(list.length - 1, nearInFile);
    const weight = sameFile / Math.min(list.length, 2 * nearInFile);
    for (const [at, one] of list.entries()) {
      for (const other of list.slice(at + 1, at + 1 + reach)) pairs.add(one, other, weight);
    }
  }
}

/** How strongly the members of a root belong together: by references, by names and, if wanted, by files. */
export function affinityOf(graph: RootGraph, evidence: Evidence): Affinity {
  const index = new Map(graph.members.map((address, at) => [address, at] as const));
  const pairs = new PairWeights(graph.members.length);
  addReferences(pairs, graph, index);
  addNames(pairs, graph);
  if (evidence.files) addFiles(pairs, graph);
  return pairs;
}
