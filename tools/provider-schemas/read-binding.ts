import type { Attribute, AttributeType } from '#engine/artifacts/terraform/provider-schemas/attribute.ts';

/** A class of a generated binding: a resource, a data source, or a block inside one. */
interface BindingClass {
  readonly name: string;
  readonly kind: string;
  /** The resource type of resources and data sources. */
  readonly resourceType: string | null;
  readonly members: ReadonlyMap<string, Member>;
  /** How blocks of the class nest: in a list or set of one, or as a single object. */
  readonly nesting: 'list' | 'set' | 'single';
}

interface Member {
  readonly use: Attribute['use'];
  /** A type, or the class of the block. */
  readonly type: AttributeType | { readonly block: string; readonly set: boolean };
}

const string: AttributeType = { kind: 'string' };
const readers: readonly [RegExp, (set: boolean) => AttributeType][] = [
  [/\bgetStringAttribute\('([^']+)'\)/, () => string],
  [/\bgetNumberAttribute\('([^']+)'\)/, () => ({ kind: 'number' })],
  [/\bgetBooleanAttribute\('([^']+)'\)/, () => ({ kind: 'boolean' })],
  [/\bgetStringMapAttribute\('([^']+)'\)/, () => ({ kind: 'map', of: string })],
  [/\bgetNumberMapAttribute\('([^']+)'\)/, () => ({ kind: 'map', of: { kind: 'number' } })],
  [/\bgetBooleanMapAttribute\('([^']+)'\)/, () => ({ kind: 'map', of: { kind: 'boolean' } })],
  [/\bgetNumberListAttribute\('([^']+)'\)/, (set) => ({ kind: set ? 'set' : 'list', of: { kind: 'number' } })],
  [/\bgetListAttribute\('([^']+)'\)/, (set) => ({ kind: set ? 'set' : 'list', of: string })],
  [/\binterpolationForAttribute\('([^']+)'\)/, () => ({ kind: 'any' })],
];

function memberName(attribute: string): string {
  return attribute.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** What the user may set has a setter or `put…`; what may be left out again a `reset…`. */
function settingOf(body: string, property: string): Attribute['use'] {
  const upper = property.charAt(0).toUpperCase() + property.slice(1);
  if (body.includes(`    reset${upper}() {`)) return 'optional';
  return body.includes(`    set ${property}(`) || body.includes(`    put${upper}(`) ? 'required' : 'computed';
}

/** The getter that a line stands in tells the property's name, which is not always that of the attribute. */
function propertyBefore(body: string, at: number): string {
  const start = body.lastIndexOf('    get ', at);
  return /^ {4}get (\w+)\(/.exec(body.slice(start, start + 200))?.[1] ?? '';
}

function membersOf(body: string): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const [reader, typeOf] of readers) {
    for (const match of body.matchAll(new RegExp(reader, 'g'))) {
      const [, attribute = ''] = match;
      const line = body.slice(body.lastIndexOf('\n', match.index), match.index);
      const type = typeOf(line.includes('tolist('));
      members.set(attribute, { use: settingOf(body, propertyBefore(body, match.index)), type });
    }
  }
  for (const match of body.matchAll(
    /^\s+(?:this\.)?_(\w+) = new (?:\w+\.)?(\w+)\(this, "([^"]+)"(?:, (true|false))?\);$/gm,
  )) {
    const [, property = memberName(match[3] ?? ''), block = '', attribute = '', set] = match;
    members.set(attribute, { use: settingOf(body, property), type: { block, set: set === 'true' } });
  }
  return members;
}

function classesIn(text: string): readonly BindingClass[] {
  const starts = [...text.matchAll(/^class (\w+) extends [\w.]+\.(\w+) \{$/gm)];
  return starts.map((match, index) => {
    const body = text.slice(match.index, starts[index + 1]?.index ?? text.length);
    const base = /super\(terraformResource, terraformAttribute, (true|false), 0\)/.exec(body)?.[1];
    return {
      name: match[1] ?? '',
      kind: match[2] ?? '',
      resourceType: /(?:static |\w\.)tfResourceType = "([^"]+)"/.exec(body)?.[1] ?? null,
      members: membersOf(body),
      nesting: base === undefined ? 'single' : base === 'true' ? 'set' : 'list',
    };
  });
}

/** One resource type or data source of a binding. */
export interface BoundType {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** Maps that the binding's library has classes for. */
const libraryMaps: ReadonlyMap<string, AttributeType> = new Map([
  ['StringMap', { kind: 'map', of: string }],
  ['NumberMap', { kind: 'map', of: { kind: 'number' } }],
  ['BooleanMap', { kind: 'map', of: { kind: 'boolean' } }],
]);

/** What nests deeper than this is left out of a table anyway. */
const maximumDepth = 6;

/**
 * Reads the generated code of a provider's binding: each class has a getter per attribute, whose call says the type,
 * and setters where a user may set it. `text` is all files of one resource type joined.
 */
export function readBinding(text: string): readonly BoundType[] {
  const classes = new Map(classesIn(text).map((one) => [one.name, one]));

  function blockType(name: string, set: boolean, depth: number): AttributeType {
    const known = libraryMaps.get(name);
    if (known !== undefined) return known;
    const block = classes.get(name);
    if (block === undefined || depth === maximumDepth) return { kind: 'any' };
    if (block.kind === 'ComplexList' || block.kind === 'ComplexMap') {
      const of = blockType(name.replace(/(List|Map)$/, 'OutputReference'), false, depth);
      const inner = of.kind === 'list' || of.kind === 'set' ? of.of : of;
      return { kind: block.kind === 'ComplexMap' ? 'map' : set ? 'set' : 'list', of: inner };
    }
    const object: AttributeType = { kind: 'object', attributes: attributesOf(block, depth + 1) };
    return block.nesting === 'single' ? object : { kind: block.nesting, of: object };
  }

  function attributesOf({ members }: BindingClass, depth: number): ReadonlyMap<string, Attribute> {
    return new Map(
      [...members].map(([name, { use, type }]) => {
        const resolved = 'block' in type ? blockType(type.block, type.set, depth) : type;
        return [name, { use, sensitive: false, type: resolved }];
      }),
    );
  }

  return [...classes.values()].flatMap((one): BoundType[] => {
    if (one.resourceType === null) return [];
    const kind = one.kind === 'TerraformDataSource' ? 'data' : 'resource';
    return one.kind === 'TerraformResource' || kind === 'data'
      ? [{ kind, type: one.resourceType, attributes: attributesOf(one, 0) }]
      : [];
  });
}
