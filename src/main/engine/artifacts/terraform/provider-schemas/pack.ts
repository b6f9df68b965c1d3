import type { Attribute, Attributes, AttributeType } from './attribute.ts';

/*
 * A provider has more than a thousand resource types with some twenty attributes each; of these a folder uses a few.
 * Each type is one short text, read only when it is asked for: `arn.cs,tags.om(s),rule.ol({port.rn})` has a computed
 * text, an optional map of text, and an optional list of objects with a required number.
 */

const uses = { r: 'required', o: 'optional', e: 'either', c: 'computed' } as const;
const useCodes = { required: 'r', optional: 'o', either: 'e', computed: 'c' } as const;
const scalars = { s: 'string', n: 'number', b: 'boolean', a: 'any' } as const;
const scalarCodes = { string: 's', number: 'n', boolean: 'b', any: 'a' } as const;
const collections = { l: 'list', t: 'set', m: 'map' } as const;
const collectionCodes = { list: 'l', set: 't', map: 'm' } as const;
/** What lies deeper is `any`: some types nest themselves without an end, and no output refers that far. */
const maximumDepth = 4;

function packType(type: AttributeType, depth: number): string {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'any':
      return scalarCodes[type.kind];
    case 'list':
    case 'set':
    case 'map':
      return `${collectionCodes[type.kind]}(${packType(type.of, depth)})`;
    case 'object':
      return depth === maximumDepth ? 'a' : `{${packAttributes(type.attributes, depth + 1)}}`;
  }
}

/** The attributes of a type as a short text, sorted by name; `!` marks what is sensitive. */
export function packAttributes(attributes: Attributes, depth = 0): string {
  return [...attributes]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { use, sensitive, type }]) => {
      return `${name}.${useCodes[use]}${sensitive ? '!' : ''}${packType(type, depth)}`;
    })
    .join(',');
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  attributes(): Map<string, Attribute> {
    const attributes = new Map<string, Attribute>();
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const dot = this.text.indexOf('.', this.at);
      const name = this.text.slice(this.at, dot);
      this.at = dot + 1;
      const use = uses[this.take() as keyof typeof uses];
      const sensitive = this.skip('!');
      attributes.set(name, { use, sensitive, type: this.type() });
      this.skip(',');
    }
    return attributes;
  }

  private type(): AttributeType {
    const code = this.take();
    if (code === '{') {
      const attributes = this.attributes();
      this.skip('}');
      return { kind: 'object', attributes };
    }
    if (code in collections) {
      this.skip('(');
      const of = this.type();
      this.skip(')');
      return { kind: collections[code as keyof typeof collections], of };
    }
    return { kind: scalars[code as keyof typeof scalars] };
  }

  private take(): string {
    this.at += 1;
    return this.text.charAt(this.at - 1);
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

/** Reads what `packAttributes` wrote. */
export function unpackAttributes(text: string): Attributes {
  return new Reader(text).attributes();
}
