import type { PortSchema } from '#shared/model/index.ts';
import { renderedRelease, type RenderedObject } from './render.ts';

/** `Service/{release}-web .spec.clusterIP`: an object that a chart makes, and a JSONPath in it. */
const readsPattern = /^([A-Z][A-Za-z]*)\/(\S+) \$?((?:\.|\[)\S+)$/;

// Kubernetes adds these to every object.
const always: readonly string[] = ['metadata', 'status', 'kind', 'apiVersion'];

interface Read {
  readonly kind: string;
  /** With `{release}` in place of the release's name. */
  readonly name: string;
  /** The first field of the JSONPath. */
  readonly field: string;
}

/** What `reads` names; null where it names nothing. */
export function parseReads(reads: string): Read | null {
  const [, kind, name, jsonPath] = readsPattern.exec(reads) ?? [];
  const [, dotted, quoted] = /^(?:\.([\w-]+)|\[['"]([^'"]+)['"]\])/.exec(jsonPath ?? '') ?? [];
  const field = dotted ?? quoted;
  return kind === undefined || name === undefined || field === undefined ? null : { kind, name, field };
}

/** Whether a value is read from inside of a secret, and so is one. */
function readsSecret({ kind, field }: Read): boolean {
  return kind === 'Secret' && (field === 'data' || field === 'stringData');
}

function nameOf({ name }: RenderedObject): string {
  return name.replace(renderedRelease, '{release}');
}

/** Why nothing is found there among what the chart makes, or null. */
export function notRendered({ kind, name, field }: Read, objects: readonly RenderedObject[]): string | null {
  const ofKind = objects.filter((object) => object.kind === kind);
  const object = ofKind.find((one) => nameOf(one) === name);
  if (object === undefined) {
    const names = ofKind.map((one) => `${kind}/${nameOf(one)}`).join(', ');
    const there = names === '' ? `makes no ${kind}` : `makes ${names}, but no ${kind}/${name}`;
    return `The chart, with its defaults and examples, ${there}.`;
  }
  if (always.includes(field) || object.fields.includes(field)) return null;
  return `${kind}/${name} has no "${field}"; it has ${object.fields.join(', ')}.`;
}

/** The output that reads it: what comes from inside of a secret is sensitive, whoever says otherwise. */
export function asRead(schema: PortSchema, read: Read): PortSchema {
  return readsSecret(read) ? { ...schema, 'x-sensitive': true } : schema;
}
