import type { Boundary } from '#shared/model/index.ts';
import type { RootGraph } from '../graph/root-graph.ts';
import { featureFile } from '../grouping/affinity.ts';
import { weightedWords, wordVectors } from '../grouping/words.ts';

/** The telling parts of an address: type without its provider, and name. */
export function wordsOfAddress(address: string): readonly string[] {
  const [type = '', name = ''] = address.split('.');
  const words = type === 'module' ? [] : type.split('_').slice(1);
  return [...words, ...name.split(/[_-]+/)].filter((word, at, all) => word !== '' && word !== all[at - 1]);
}

/** Share of a group's members from one file at which the file's name is the group's. */
const fileShare = 0.6;

/** Roots of references in a blueprint that are no part: `${target.region}` is the deployment's, not a part's output. */
export const reservedNames: ReadonlySet<string> = new Set(['inputs', 'target']);

function asName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return /^[a-z]/.test(name) ? name : '';
}

function mostCommon<Value>(values: readonly Value[]): { readonly value: Value; readonly count: number } | null {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].sort(([, left], [, right]) => right - left);
  return best === undefined ? null : { value: best[0], count: best[1] };
}

/**
 * A name for each group: the file most of it comes from; else the words that tell its members from the others; else
 * its boundary. Names are unique and can be names of artifacts and of a blueprint's nodes.
 */
export function proposeNames(
  graph: RootGraph,
  groups: readonly (readonly number[])[],
  boundaries: readonly Boundary[],
): readonly string[] {
  const vectors = wordVectors(
    graph.members.map((address) => {
      const declaration = graph.declarations.get(address);
      return declaration === undefined ? new Map<string, number>() : weightedWords(declaration, []);
    }),
  );
  const taken = new Set(reservedNames);
  return groups.map((members, number) => {
    const files = mostCommon(members.map((member) => featureFile(graph, graph.members[member] ?? '')));
    const fromFile =
      files !== null && files.value !== null && files.count >= fileShare * members.length ? files.value : '';
    const wanted = [asName(fromFile), asName(tellingWords(members, vectors).join('-')), boundaries[number] ?? 'group'];
    const name =
      wanted.find((one) => one !== '' && !taken.has(one)) ?? free(wanted.find((one) => one !== '') ?? 'group', taken);
    taken.add(name);
    return name;
  });
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Up to two words that at least half of the members share, the most telling first. */
function tellingWords(members: readonly number[], vectors: readonly ReadonlyMap<string, number>[]): readonly string[] {
  const scores = new Map<string, { value: number; count: number }>();
  for (const member of members) {
    for (const [word, value] of vectors[member] ?? []) {
      const known = scores.get(word) ?? { value: 0, count: 0 };
      scores.set(word, { value: known.value + value, count: known.count + 1 });
    }
  }
  const ranked = [...scores].sort(([, left], [, right]) => right.value - left.value);
  const shared = ranked.filter(([, { count }]) => count >= members.length / 2).slice(0, 2);
  const chosen = shared.length > 0 ? shared : ranked.slice(0, 1);
  return chosen.map(([word]) => word);
}
