import type { Json, JsonObject } from '#shared/base/json.ts';
import { isObject, listOf, textOf } from '../json-fields.ts';
import { UnusableRecord } from '../offline-format.ts';
import { withoutSecrets } from './without-secrets.ts';

/** One resource of a state, whatever spelling of the file it came from. */
export interface StateInstance {
  /** `module.network.aws_subnet.this["a"]` */
  readonly address: string;
  /** `module.network`; null in the root module. */
  readonly module: string | null;
  /** `aws_subnet` */
  readonly type: string;
  /** Where it was configured: instances of one configuration lie in one account and, mostly, region. */
  readonly provider: string;
  /** Without secrets. */
  readonly attributes: JsonObject;
}

/** The instances of a record; empty for what is read and not managed, such as a data source. */
export interface ReadEntry {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly instances: readonly StateInstance[];
}

function required(record: JsonObject, name: string): string {
  const value = textOf(record, name);
  if (value === undefined) throw new UnusableRecord(`It has no ${name}`);
  return value;
}

function modeOf(record: JsonObject): ReadEntry['mode'] {
  const mode = required(record, 'mode');
  if (mode !== 'managed' && mode !== 'data')
    throw new UnusableRecord(`“${mode.slice(0, 40)}” is no mode of a resource`);
  return mode;
}

/** `[0]`, `["app"]`, or nothing for what stands alone. */
function indexText(key: Json | undefined): string {
  return typeof key === 'number' || typeof key === 'string' ? `[${JSON.stringify(key)}]` : '';
}

/** An entry of a state of version 4: a block of code with all of its instances. Throws `UnusableRecord`. */
export function entryOfState(record: Json): ReadEntry {
  if (!isObject(record)) throw new UnusableRecord('It is no object');
  const mode = modeOf(record);
  const type = required(record, 'type');
  const name = required(record, 'name');
  const module = textOf(record, 'module') ?? null;
  const base = `${module === null ? '' : `${module}.`}${type}.${name}`;
  if (!Array.isArray(record['instances'])) throw new UnusableRecord('It has no list of instances');
  if (mode === 'data') return { mode, type, instances: [] };
  const provider = textOf(record, 'provider') ?? '';
  const instances = record['instances'].map((instance): StateInstance => {
    if (!isObject(instance)) throw new UnusableRecord(`An instance of ${base} is no object`);
    const { attributes } = instance;
    const flat = instance['attributes_flat'];
    const known = isObject(attributes) ? attributes : isObject(flat) ? flat : {};
    // What is replaced is there until it is destroyed; the tool then keeps both under one address.
    const deposed = textOf(instance, 'deposed');
    const address = `${base}${indexText(instance['index_key'])}${deposed === undefined ? '' : ` (deposed ${deposed})`}`;
    const secret = listOf(instance['sensitive_attributes']).map(stepsOf);
    return { address, module, type, provider, attributes: withoutSecrets(known, secret) };
  });
  return { mode, type, instances };
}

/** `[{ type: 'get_attr', value: 'a' }, { type: 'index', value: { value: 0, type: 'number' } }]` → `['a', '0']` */
function stepsOf(path: Json): string[] {
  const steps = Array.isArray(path) ? path : [path];
  return steps.map((step) => {
    const value = isObject(step) ? step['value'] : step;
    const inner = isObject(value) ? value['value'] : value;
    return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : '';
  });
}

/** A resource as `show -json` prints it, one for each instance. Throws `UnusableRecord`. */
export function entryOfShow(record: Json): ReadEntry {
  if (!isObject(record)) throw new UnusableRecord('It is no object');
  const mode = modeOf(record);
  const type = required(record, 'type');
  const address = required(record, 'address');
  if (mode === 'data') return { mode, type, instances: [] };
  const { values } = record;
  const deposed = textOf(record, 'deposed_key', 'deposed');
  return {
    mode,
    type,
    instances: [
      {
        address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
        module: moduleOf(address, type),
        type,
        provider: textOf(record, 'provider_name') ?? '',
        attributes: withoutSecrets(isObject(values) ? values : {}, sensitivePaths(record['sensitive_values'])),
      },
    ],
  };
}

/** What stands before `.aws_vpc.main`, which may itself hold dots in the keys of its modules. */
function moduleOf(address: string, type: string): string | null {
  const at = address.lastIndexOf(`.${type}.`);
  return address.startsWith('module.') && at > 0 ? address.slice(0, at) : null;
}

/** `{ password: true, a: [{ b: true }] }` → `[['password'], ['a', '0', 'b']]` */
function sensitivePaths(marks: Json | undefined): string[][] {
  const paths: string[][] = [];
  function walk(value: Json | undefined, path: readonly string[]): void {
    if (value === true) paths.push([...path]);
    else if (Array.isArray(value)) for (const [index, inner] of value.entries()) walk(inner, [...path, String(index)]);
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  }
  walk(marks, []);
  return paths;
}
