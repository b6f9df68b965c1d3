import { nodeFlags, type CodedColumn, type GraphShape } from '#engine/ports/index.ts';
import { addressRange, contains, v4Range, type AddressRange } from '../schema/addresses.ts';
import { createPauses, foldedAt, matchesOf, slicesOf, textAt } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { meansTag, parseSearch, type SearchTerm } from './search-terms.ts';
import { eachAddressed, readTopology, type Topology } from './topology.ts';

/** One mark for every value of a coded column that passes. */
export function marked({ values }: CodedColumn, passes: (value: string) => boolean): Uint8Array {
  return Uint8Array.from(values, (value) => (passes(value) ? 1 : 0));
}

/** Resources with a tag pair that is marked. */
export async function markTagged(
  { tags, resources }: GraphShape,
  pairs: Uint8Array,
  mark: (position: number) => void,
): Promise<void> {
  const pause = createPauses();
  for (const { begin, end } of slicesOf(resources)) {
    for (let position = begin; position < end; position += 1) {
      const last = tags.starts[position + 1] ?? 0;
      for (let place = tags.starts[position] ?? 0; place < last; place += 1) {
        if (pairs[tags.pairs[place] ?? 0] !== 1) continue;
        mark(position);
        break;
      }
    }
    await pause();
  }
}

/** The distinct tag pairs that a word means: see `SearchTerm`. */
async function tagPairs({ tags }: GraphShape, term: SearchTerm): Promise<Uint8Array> {
  const { word } = term;
  const pause = createPauses();
  const pairs = new Uint8Array(tags.values.length);
  for (const _block of matchesOf(tags.values, word, (pair) => (pairs[pair] = 1))) await pause();
  const named = marked(tags.keys, (key) => key.toLowerCase().includes(word));
  const meant = new Set(term.tags.map((tag) => tag.key));
  const exact = marked(tags.keys, (key) => meant.has(key.toLowerCase()));
  for (const { begin, end } of slicesOf(pairs.length)) {
    for (let pair = begin; pair < end; pair += 1) {
      const key = tags.keys.codes[pair] ?? 0;
      const isExact = () =>
        meansTag(term, tags.keys.values[key]?.toLowerCase() ?? '', () => foldedAt(tags.values, pair));
      if (named[key] === 1 || (exact[key] === 1 && isExact())) pairs[pair] = 1;
    }
    await pause();
  }
  return pairs;
}

/** Nodes whose address or network holds the range or lies in it. */
async function markNetworks(shape: GraphShape, word: string, mark: (position: number) => void): Promise<void> {
  const { flags, netFirst, netLast, nodes } = shape;
  const v4 = v4Range(word);
  if (v4 !== null) {
    const pause = createPauses();
    for (const { begin, end } of slicesOf(nodes)) {
      for (let position = begin; position < end; position += 1) {
        if (((flags[position] ?? 0) & nodeFlags.v4) === 0) continue;
        const [first, last] = [netFirst[position] ?? 0, netLast[position] ?? 0];
        if ((first <= v4.first && last >= v4.last) || (first >= v4.first && last <= v4.last)) mark(position);
      }
      await pause();
    }
    return;
  }
  const wanted = addressRange(word);
  if (wanted === null) return;
  for (let position = 0; position < nodes; position += 1) {
    if (((flags[position] ?? 0) & nodeFlags.v6) === 0) continue;
    const own = rangeAt(shape, position);
    if (own !== null && (contains(own, wanted) || contains(wanted, own))) mark(position);
  }
}

/** The address range of a node; null when it has none. */
function rangeAt(shape: GraphShape, position: number): AddressRange | null {
  const isAddress = position >= shape.resources;
  const shown = isAddress
    ? textAt(shape.names, position)
    : textAt(shape.cidrs, position) || textAt(shape.ips, position);
  return addressRange(shown);
}

async function markAddresses(topology: Topology, word: string, mark: (position: number) => void): Promise<void> {
  const { shape } = topology;
  const pause = createPauses();
  function markOwner(position: number): void {
    if (position < shape.resources) mark(position);
    else eachAddressed(topology, position, mark);
  }
  await markNetworks(shape, word, markOwner);
  if (!/^[0-9a-f.:/]+$/.test(word)) return;
  for (const column of [shape.ips, shape.cidrs]) {
    for (const _block of matchesOf(column, word, mark)) await pause();
  }
  for (let position = shape.resources; position < shape.nodes; position += 1) {
    if (foldedAt(shape.names, position).includes(word)) markOwner(position);
  }
}

/** Marks every resource that a word means, the stubs among them: the same that `matchReason` has a reason for. */
async function matchTerm(topology: Topology, term: SearchTerm): Promise<Uint8Array> {
  const { shape } = topology;
  const { kinds, regions, resources } = shape;
  const pause = createPauses();
  const found = new Uint8Array(resources);
  const mark = (position: number): void => {
    // The texts of addresses stand behind those of the resources.
    if (position < resources) found[position] = 1;
  };
  for (const column of [shape.names, shape.ids]) {
    for (const _block of matchesOf(column, term.word, mark)) await pause();
  }
  // All other native ids are part of the ids.
  for (const [position, nativeId] of shape.nativeIds) if (nativeId.toLowerCase().includes(term.word)) mark(position);
  const ofKind = marked(kinds, (kind) => kind.includes(term.word));
  const inRegion = marked(regions, (region) => region === term.word);
  for (const { begin, end } of slicesOf(resources)) {
    for (let position = begin; position < end; position += 1) {
      if (ofKind[kinds.codes[position] ?? 0] === 1 || inRegion[regions.codes[position] ?? 0] === 1) found[position] = 1;
    }
    await pause();
  }
  await markTagged(shape, await tagPairs(shape, term), mark);
  await markAddresses(topology, term.word, mark);
  return found;
}

/** Searches kept per graph: pages, facets and drawing of one search, and the way back to the one before. */
const searchesKept = 8;

/** Which resources a search means: 1 at their positions. Null when it has no words and means all. */
export async function textMatches(graph: GraphAccess, text: string): Promise<Uint8Array | null> {
  const terms = parseSearch(text);
  if (terms.length === 0) return null;
  const kept = await graph.once('searches', () => Promise.resolve(new Map<string, Promise<Uint8Array>>()));
  const words = terms.map((term) => term.word).join('\n');
  const known = kept.get(words);
  if (known !== undefined) return known;
  const [oldest] = kept.keys();
  if (kept.size >= searchesKept && oldest !== undefined) kept.delete(oldest);
  const matching = matchAll(graph, terms);
  kept.set(words, matching);
  matching.catch(() => kept.delete(words));
  return matching;
}

async function matchAll(graph: GraphAccess, terms: readonly SearchTerm[]): Promise<Uint8Array> {
  const topology = await readTopology(graph);
  const all = new Uint8Array(topology.shape.resources).fill(1);
  for (const term of terms) {
    const found = await matchTerm(topology, term);
    for (let position = 0; position < all.length; position += 1) if (found[position] !== 1) all[position] = 0;
  }
  return all;
}
