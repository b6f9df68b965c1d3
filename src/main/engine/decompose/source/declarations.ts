import type { Problem } from '#shared/model/index.ts';
import type { ScannedAttribute, ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { problem } from './problem.ts';
import type { SourceFile } from './root-source.ts';

/** What a declaration is. `resource` and `module` are what a group owns; the others are copied or placed with them. */
export type DeclarationKind =
  | 'resource'
  | 'module'
  | 'data'
  | 'ephemeral'
  | 'local'
  | 'variable'
  | 'output'
  | 'provider'
  | 'check'
  | 'refactoring'
  | 'settings';

/** Where a declaration stands: a block of a file, or one attribute of a `locals` block. */
export interface Piece {
  readonly file: SourceFile;
  readonly block: ScannedBlock;
  /** Set for a local value. */
  readonly attribute: ScannedAttribute | null;
}

/** Something a root declares under an address; override files add pieces to what they override. */
export interface Declaration {
  /** `aws_vpc.main`, `data.aws_ami.x`, `module.net`, `local.tags`, `var.region`, `output.id`, `provider.aws.east`, … */
  readonly address: string;
  readonly kind: DeclarationKind;
  /** Resource type, or the kind of block otherwise. */
  readonly type: string;
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** How its instances are told apart; `enabled` is one that may not be there, and is null then. */
  readonly repeated: 'count' | 'for_each' | 'enabled' | null;
}

const refactoringBlocks: ReadonlySet<string> = new Set(['moved', 'import', 'removed']);

/** The quoted constant an attribute holds, or null. */
export function constantText(file: SourceFile, attribute: ScannedAttribute | undefined): string | null {
  if (attribute === undefined) return null;
  return /^"((?:[^"\\$%]|\\.)*)"$/.exec(file.text.slice(attribute.start, attribute.end))?.[1] ?? null;
}

/** An attribute of a block by its name. */
export function attributeOf(block: ScannedBlock, name: string): ScannedAttribute | undefined {
  return block.attributes.find((attribute) => attribute.name === name);
}

type Head = Pick<Declaration, 'address' | 'kind' | 'type' | 'name'>;

function headOf(file: SourceFile, block: ScannedBlock): Head {
  const { type, labels } = block;
  const [first = '', second = ''] = labels;
  switch (type) {
    case 'resource':
      return { kind: 'resource', type: first, name: second, address: `${first}.${second}` };
    case 'data':
    case 'ephemeral':
      return { kind: type, type: first, name: second, address: `${type}.${first}.${second}` };
    case 'module':
    case 'output':
    case 'check':
      return { kind: type, type, name: first, address: `${type}.${first}` };
    case 'variable':
      return { kind: type, type, name: first, address: `var.${first}` };
    case 'provider': {
      const alias = constantText(file, attributeOf(block, 'alias'));
      return { kind: type, type, name: first, address: `provider.${first}${alias === null ? '' : `.${alias}`}` };
    }
    default: {
      const kind = refactoringBlocks.has(type) ? 'refactoring' : 'settings';
      return { kind, type, name: labels.join('.'), address: `${type}@${file.path}:${block.line}` };
    }
  }
}

function repetition(block: ScannedBlock): Declaration['repeated'] {
  if (attributeOf(block, 'count') !== undefined) return 'count';
  if (attributeOf(block, 'for_each') !== undefined) return 'for_each';
  const isSwitched = block.blocks.some((one) => one.type === 'lifecycle' && attributeOf(one, 'enabled') !== undefined);
  return isSwitched ? 'enabled' : null;
}

function isOverride(file: SourceFile): boolean {
  return /(^|_)override\.(tf|tofu)(\.json)?$/.test(file.path);
}

function twice(known: Declaration, piece: Piece): Problem {
  const [first] = known.pieces;
  const where = first === undefined ? '' : ` in ${first.file.path}:${first.block.line}`;
  const line = piece.attribute?.line ?? piece.block.line;
  const message = `${known.address} is declared a second time; the first stands${where}.`;
  const place = { file: piece.file.path, line, node: known.address };
  return problem({ code: 'declared-twice', message, advice: 'Keep one of the two.', ...place });
}

/** Everything a root declares, by address, in the order it stands; what is declared twice is named. */
export function readDeclarations(files: readonly SourceFile[]): {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly problems: readonly Problem[];
} {
  const declarations = new Map<string, Declaration>();
  const problems: Problem[] = [];
  const add = (head: Head, piece: Piece): void => {
    const known = declarations.get(head.address);
    const repeated = piece.attribute === null ? repetition(piece.block) : null;
    if (known === undefined) declarations.set(head.address, { ...head, pieces: [piece], repeated });
    else if (isOverride(piece.file)) {
      const pieces = [...known.pieces, piece];
      declarations.set(head.address, { ...known, pieces, repeated: repeated ?? known.repeated });
    } else problems.push(twice(known, piece));
  };
  for (const file of files.toSorted((left, right) => Number(isOverride(left)) - Number(isOverride(right)))) {
    for (const block of file.blocks) {
      // A block of locals without any may hold comments.
      if (block.type !== 'locals' || block.attributes.length === 0) {
        add(headOf(file, block), { file, block, attribute: null });
        continue;
      }
      for (const attribute of block.attributes) {
        const { name } = attribute;
        add({ kind: 'local', type: 'local', name, address: `local.${name}` }, { file, block, attribute });
      }
    }
  }
  return { declarations, problems };
}
