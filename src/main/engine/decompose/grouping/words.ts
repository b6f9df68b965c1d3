import type { Declaration } from '../source/declarations.ts';
import { constantText, attributeOf } from '../source/declarations.ts';
import type { Use } from '../graph/uses.ts';

/** Words that say nothing about what a thing is for. */
const hollow: ReadonlySet<string> = new Set(
  'main this default resource module data aws azurerm google terraform local var modules git github com https ssh'.split(
    ' ',
  ),
);

/** How much a word counts by where it stands. */
const weights = { name: 1, service: 0.5, use: 0.2 } as const;

/** The words of a name: split at dashes, underscores and humps; numbers and single letters left out. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1 && !hollow.has(word));
}

/** The service a resource type belongs to: the word after the provider's. */
function serviceOf(type: string): string {
  return type.split('_')[1] ?? '';
}

function moduleSource({ pieces }: Declaration): string {
  const [piece] = pieces;
  if (piece === undefined) return '';
  const source = constantText(piece.file, attributeOf(piece.block, 'source')) ?? '';
  return (
    source
      .split('?')[0]
      ?.split('/')
      .findLast((part) => !/^(\.*|modules|git|aws|[\w.]+\.[a-z]{2,3})$/.test(part)) ?? ''
  );
}

/** The words of one member with how much each counts: its name, its service, what it reads from shared values. */
export function weightedWords(declaration: Declaration, uses: readonly Use[]): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  add(declaration.name, weights.name);
  add(declaration.kind === 'module' ? moduleSource(declaration) : serviceOf(declaration.type), weights.service);
  for (const { to } of uses) {
    if (/^(local|var|data)\./.test(to)) add(to.slice(to.lastIndexOf('.') + 1), weights.use);
  }
  return words;
}

/** Word vectors of unit length in which rare words count more; words of a single member carry nothing. */
export function wordVectors(words: readonly ReadonlyMap<string, number>[]): readonly ReadonlyMap<string, number>[] {
  const members = new Map<string, number>();
  for (const own of words) for (const word of own.keys()) members.set(word, (members.get(word) ?? 0) + 1);
  return words.map((own) => {
    const vector = new Map<string, number>();
    let square = 0;
    for (const [word, weight] of own) {
      const count = members.get(word) ?? 1;
      const value = count < 2 ? 0 : weight * Math.log(words.length / count);
      if (value <= 0) continue;
      vector.set(word, value);
      square += value * value;
    }
    const length = Math.sqrt(square);
    return new Map([...vector].map(([word, value]) => [word, value / length]));
  });
}
