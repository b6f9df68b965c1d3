import type { RootGraph } from '../graph/root-graph.ts';
import { attributeOf, type Declaration } from '../source/declarations.ts';
import { declaredAddress } from './state-file.ts';

/** What a root's refactoring blocks say of its own resources and module calls. */
export interface Refactorings {
  /** Where something is once every `moved` block was followed, with its keys: `module.old.aws_vpc.a` → `aws_vpc.main`. */
  readonly placeOf: (address: string) => string;
  /** By the address that is to be forgotten or destroyed, the block that says so. */
  readonly removed: ReadonlyMap<string, string>;
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** An address that a block names, as the tool writes it. */
function addressIn({ pieces }: Declaration, name: string): string | null {
  const [piece] = pieces;
  const attribute = piece === undefined ? undefined : attributeOf(piece.block, name);
  if (piece === undefined || attribute === undefined) return null;
  const text = piece.file.text.slice(attribute.start, attribute.end).trim();
  // In JSON an address stands in quotes.
  const said: unknown = piece.file.path.endsWith('.json') ? JSON.parse(text) : text;
  return typeof said === 'string' ? said.trim() : null;
}

/** Whether an address is the other, one of its instances, or lies within it. */
function isWithin(address: string, other: string): boolean {
  return address === other || address.startsWith(`${other}.`) || address.startsWith(`${other}[`);
}

/** The blocks of a root that say where something went, or that it is to be forgotten. */
export function refactoringsOf({ declarations }: Pick<RootGraph, 'declarations'>): Refactorings {
  const moves: Move[] = [];
  const removed = new Map<string, string>();
  for (const declaration of declarations.values()) {
    const from = addressIn(declaration, 'from');
    if (declaration.kind !== 'refactoring' || from === null) continue;
    const to = addressIn(declaration, 'to');
    if (declaration.type === 'moved' && to !== null && from !== to) moves.push({ from, to });
    if (declaration.type === 'removed') removed.set(declaredAddress(from), declaration.address);
  }
  // Of a module and something in it, what is said of the latter counts.
  moves.sort((left, right) => right.from.length - left.from.length);
  return {
    removed,
    placeOf(address) {
      let place = address;
      // One block leads to another; blocks that lead back are refused by the tool.
      for (let step = 0; step < moves.length; step += 1) {
        const move = moves.find(({ from }) => isWithin(place, from));
        if (move === undefined) break;
        place = `${move.to}${place.slice(move.from.length)}`;
      }
      return place;
    },
  };
}

/** Where what a `moved` block speaks of is now, as the root's own declaration; null for other blocks. */
export function movedTo(declaration: Declaration, { placeOf }: Refactorings): string | null {
  const to = declaration.type === 'moved' ? addressIn(declaration, 'to') : null;
  return to === null ? null : declaredAddress(placeOf(to));
}
