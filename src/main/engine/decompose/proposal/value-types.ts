import type { PortSchema } from '#shared/model/index.ts';
import { attributeSchema } from '../../artifacts/terraform/attribute-types.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import type { Declaration } from '../source/declarations.ts';
import { valueName } from '../state/sensitive-attributes.ts';
import { keeperOf } from './exact-types.ts';
import type { Wire } from './interface.ts';

/** A value of a member; without an attribute the whole object. */
type Value = Pick<Wire, 'address' | 'attribute'>;

/** What is known about a value that crosses. */
export interface ValueType {
  /** A type constraint of the language; `any` where nothing tells it, since a tighter one could change the plan. */
  readonly constraint: string;
  readonly sensitive: boolean;
  /** What says the type; null where it is not known. */
  readonly from: string | null;
  /** Why it is sensitive; null where it is not. */
  readonly because: string | null;
}

/** A type constraint for a port, or null where the schema says less than the language asks for. */
function constraintOf(schema: PortSchema, objects: boolean): string | null {
  switch (schema.type) {
    case 'string':
    case 'number':
      return schema.type;
    case 'boolean':
      return 'bool';
    case 'array': {
      const items = constraintOf(schema.items ?? {}, objects);
      return items === null ? null : `${schema.uniqueItems === true ? 'set' : 'list'}(${items})`;
    }
    case 'object': {
      if (typeof schema.additionalProperties === 'object') {
        const values = constraintOf(schema.additionalProperties, objects);
        return values === null ? null : `map(${values})`;
      }
      return objects ? objectConstraint(schema) : null;
    }
    default:
      return null;
  }
}

/** All attributes of an object; one that is left out would be cut off on the way. */
function objectConstraint({ properties = {} }: PortSchema): string | null {
  const members = Object.entries(properties).map(([name, one]) => [name, constraintOf(one, true)] as const);
  if (members.length === 0 || members.some(([, constraint]) => constraint === null)) return null;
  return `object({ ${members.map(([name, constraint]) => `${name} = ${constraint ?? 'any'}`).join(', ')} })`;
}

/** The type of all instances together. */
function repeatedType(constraint: string, { attribute }: Value, repeated: Declaration['repeated']): string {
  switch (repeated) {
    case 'count':
      return `list(${constraint})`;
    case 'for_each':
      return `map(${constraint})`;
    case 'enabled':
      return `object({ ${attribute ?? ''} = ${constraint} })`;
    case null:
      return constraint;
  }
}

interface Typed {
  readonly constraint: string | null;
  readonly from: string;
}

/**
 * The type of an attribute: as the provider's schema says it. One of a version near to what the root wants is believed
 * for plain values and collections of them, not for every attribute of an object; one of another version is not.
 */
function typeOfAttribute({ schemas }: RootAnalysis, type: string, attribute: string): Typed {
  const read = schemas.attribute('resource', type, attribute);
  if (read !== null && read.version !== 'other' && Object.keys(read.schema).length > 0) {
    return { constraint: constraintOf(read.schema, read.version === 'exact'), from: read.from };
  }
  const constraint = constraintOf(attributeSchema(type, attribute), false);
  return { constraint, from: `${attribute}, as every resource of ${type.split('_')[0] ?? type} has it` };
}

function typeOf(analysis: RootAnalysis, { address, attribute }: Value): Typed | null {
  const declaration = analysis.graph.declarations.get(address);
  if (declaration === undefined || attribute === null) return null;
  if (declaration.kind !== 'module') return typeOfAttribute(analysis, declaration.type, attribute);
  const called = analysis.modules.get(address);
  const schema = called?.outputs?.properties[attribute] ?? {};
  return { constraint: constraintOf(schema, false), from: `output ${attribute} of ${called?.source ?? address}` };
}

function markedInState({ address, attribute }: Value, marked: ReadonlySet<string>): string | null {
  const found = [...marked].find((name) =>
    attribute === null ? name.startsWith(`${address}.`) : name === valueName(address, attribute),
  );
  return found === undefined ? null : `the state marks ${found} as sensitive`;
}

/**
 * What the code and the providers' schemas say of a value that crosses. `marked` are values that a state marks as
 * sensitive.
 */
export function typeOfWire(analysis: RootAnalysis, wire: Value, marked: ReadonlySet<string> = new Set()): ValueType {
  const typed = typeOf(analysis, wire);
  const repeated = analysis.graph.declarations.get(wire.address)?.repeated ?? null;
  const because = analysis.sensitive.reason(wire.address, wire.attribute) ?? markedInState(wire, marked);
  const secret = { sensitive: because !== null, because };
  if (typed === null || typed.constraint === null) return { constraint: 'any', from: null, ...secret };
  const keeper = isCollected(analysis, wire, typed.constraint) ? keeperOf(analysis, wire) : null;
  if (keeper !== null) {
    // The language has a tuple or an object of its own there, which a list or map is not.
    return { constraint: 'any', from: `${typed.from}; as it comes, because ${keeper} keeps the exact type`, ...secret };
  }
  return { constraint: repeatedType(typed.constraint, wire, repeated), from: typed.from, ...secret };
}

/** Whether what a value is in the language is only alike to its constraint: instances together, or what a module puts together. */
function isCollected({ graph }: RootAnalysis, { address }: Value, constraint: string): boolean {
  const { kind, repeated = null } = graph.declarations.get(address) ?? {};
  return repeated === 'count' || repeated === 'for_each' || (kind === 'module' && constraint.includes('('));
}
