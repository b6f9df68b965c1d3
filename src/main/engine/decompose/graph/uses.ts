import type { Reference, ReferenceStep } from '../../artifacts/terraform/hcl-references.ts';
import { referencesIn } from '../../artifacts/terraform/hcl-references.ts';
import { referencesInJson } from '../../artifacts/terraform/json-references.ts';
import type { ScannedAttribute, ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { Declaration, Piece } from '../source/declarations.ts';
import type { SourceFile } from '../source/root-source.ts';

/**
 * What a reference is for: its value; an order (`depends_on`); a trigger (`replace_triggered_by`), which the language
 * allows within one root only; a provider; or the address itself (`moved`, `import`, `removed`).
 */
export type UseRole = 'value' | 'order' | 'trigger' | 'provider' | 'subject';

/** One reference from a declaration to something the root declares. */
export interface Use {
  /** Address of what is referred to. */
  readonly to: string;
  /** First attribute after the address; null for the whole object. */
  readonly attribute: string | null;
  readonly role: UseRole;
  readonly file: SourceFile;
  readonly reference: Reference;
  /** The attribute of the block that holds the reference. */
  readonly within: ScannedAttribute;
}

/** Roots that name nothing a root declares. */
const builtIn: ReadonlySet<string> = new Set(['path', 'terraform', 'tofu', 'each', 'count', 'self']);

function nameAt(steps: readonly ReferenceStep[], index: number): string | null {
  const step = steps[index];
  return step?.kind === 'name' ? step.text : null;
}

/** How many steps of a reference belong to the address, and the address; null for what names no declaration. */
function addressOf(
  { root, steps }: Reference,
  role: UseRole,
): { readonly address: string; readonly length: number } | null {
  if (builtIn.has(root)) return null;
  const first = nameAt(steps, 0);
  if (role === 'provider') {
    return {
      address: first === null ? `provider.${root}` : `provider.${root}.${first}`,
      length: first === null ? 0 : 1,
    };
  }
  if (first === null) return null;
  if (root !== 'data' && root !== 'ephemeral') return { address: `${root}.${first}`, length: 1 };
  const second = nameAt(steps, 1);
  return second === null ? null : { address: `${root}.${first}.${second}`, length: 2 };
}

/** Where the address of a used thing ends, and the step that names its attribute; null where the whole is used. */
export function partsOf(use: Pick<Use, 'reference' | 'to'>): {
  readonly addressEnd: number;
  readonly attribute: ReferenceStep | null;
} {
  const { steps } = use.reference;
  const length = use.to.startsWith('data.') || use.to.startsWith('ephemeral.') ? 2 : 1;
  const after = steps.slice(length);
  const [index, next] = after;
  const attribute = index?.kind === 'name' ? index : next?.kind === 'name' ? next : null;
  return { addressEnd: steps[length - 1]?.end ?? use.reference.end, attribute };
}

function roleOf(path: readonly string[], piece: Piece): UseRole {
  const [name] = path;
  if (path.length === 1) {
    if (name === 'depends_on') return 'order';
    if (name === 'provider' || (name === 'providers' && piece.block.type === 'module')) return 'provider';
    if (piece.block.type === 'moved' && (name === 'from' || name === 'to')) return 'subject';
    if ((piece.block.type === 'removed' && name === 'from') || (piece.block.type === 'import' && name === 'to')) {
      return 'subject';
    }
  }
  return name === 'lifecycle' && path[1] === 'replace_triggered_by' ? 'trigger' : 'value';
}

/** Attributes of a block and of the blocks in it, each with its path. The type of a variable is no expression. */
function* attributesIn(
  block: ScannedBlock,
  path: readonly string[] = [],
): Generator<{ readonly attribute: ScannedAttribute; readonly path: readonly string[] }> {
  for (const attribute of block.attributes) {
    if (block.type === 'variable' && attribute.name === 'type') continue;
    yield { attribute, path: [...path, attribute.name] };
  }
  for (const inner of block.blocks) yield* attributesIn(inner, [...path, inner.type]);
}

/** The attributes of a piece: of its block and the blocks in it, or the one attribute that it is. */
export function attributesOf(
  piece: Piece,
): Iterable<{ readonly attribute: ScannedAttribute; readonly path: readonly string[] }> {
  return piece.attribute === null
    ? attributesIn(piece.block)
    : [{ attribute: piece.attribute, path: [piece.attribute.name] }];
}

/** What an attribute refers to, in the order it stands, in either syntax. */
export function referencesOf(file: SourceFile, attribute: ScannedAttribute, role: UseRole): readonly Reference[] {
  if (!file.path.endsWith('.json')) return referencesIn(file.text, attribute.start, attribute.end);
  return referencesInJson(file.text, attribute, role === 'value' ? 'template' : 'address');
}

function usesOfPiece(piece: Piece): readonly Use[] {
  const { file } = piece;
  const uses: Use[] = [];
  for (const { attribute, path } of attributesOf(piece)) {
    const role = piece.attribute === null ? roleOf(path, piece) : 'value';
    for (const reference of referencesOf(file, attribute, role)) {
      const found = addressOf(reference, role);
      if (found === null) continue;
      const use = { to: found.address, role, file, reference, within: attribute };
      const step = partsOf(use).attribute;
      uses.push({ ...use, attribute: step?.kind === 'name' ? step.text : null });
    }
  }
  return uses;
}

/** Every reference of a declaration, in the order they stand; those to things the root does not declare included. */
export function usesOf(declaration: Declaration): readonly Use[] {
  return declaration.pieces.flatMap(usesOfPiece);
}
