import type { Json, JsonObject } from '#shared/base/json.ts';
import { isSecretName, removed } from '../../../secret-fields.ts';
import { isObject } from './body-reader.ts';

/** Maps whose names are kept, because wiring needs them, and whose values may be secrets. */
const variableMaps = new Set([
  'environmentVariables',
  'buildEnvironmentVariables',
  'envVariables',
  'sensitiveLabels',
  'substitutions',
]);

/** Entries of an instance's metadata that Google or its tools write and that tell what the instance belongs to. */
const harmlessMetadata = new Set([
  'block-project-ssh-keys',
  'cluster-location',
  'cluster-name',
  'cluster-uid',
  'created-by',
  'disable-legacy-endpoints',
  'enable-oslogin',
  'fingerprint',
  'instance-template',
  'kind',
  'serial-port-enable',
]);

/** Annotations that repeat a whole manifest, its variables included. */
const manifestAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The body of an asset without secrets, each replaced by a word so that one sees that there is a value: passwords
 * and keys, values of environment variables, start-up scripts and other metadata of machines.
 */
export function redactBody(body: JsonObject): JsonObject {
  const clean: JsonObject = {};
  for (const [name, value] of Object.entries(body)) clean[name] = redactField(name, value);
  return clean;
}

function redactField(name: string, value: Json): Json {
  if (typeof value === 'string') {
    return (value !== '' && isSecretName(name)) || name === manifestAnnotation ? removed : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return name === 'env' ? value.map(redactVariable) : value.map((item) => redactItem(item));
  if (variableMaps.has(name)) return mapValues(value, () => removed);
  if (name === 'metadata') return redactMetadata(value);
  return redactBody(value);
}

function redactItem(item: Json): Json {
  if (Array.isArray(item)) return item.map((inner) => redactItem(inner));
  return isObject(item) ? redactBody(item) : item;
}

/** `{name, value}` as in containers, or `NAME=value` as in build steps. */
function redactVariable(variable: Json): Json {
  if (typeof variable === 'string') return variable.replace(/=[\s\S]*$/, `=${removed}`);
  if (!isObject(variable)) return variable;
  const clean = redactBody(variable);
  return typeof clean['value'] === 'string' && clean['value'] !== '' ? { ...clean, value: removed } : clean;
}

/**
 * Metadata of machines is `{items: [{key, value}]}` or, in node pools and clusters, a map of texts. What Kubernetes
 * objects call metadata has a name and nested objects and is no place for secrets.
 */
function redactMetadata(metadata: JsonObject): JsonObject {
  const { items } = metadata;
  if (Array.isArray(items)) {
    const clean = items.map((item) => {
      if (!isObject(item)) return item;
      const { key, value } = item;
      const isHarmless = typeof key === 'string' && harmlessMetadata.has(key);
      return isHarmless || value === undefined ? item : { ...item, value: removed };
    });
    return { ...redactBody({ ...metadata, items: [] }), items: clean };
  }
  const values = Object.values(metadata);
  const isMap = values.length > 0 && values.every((value) => typeof value === 'string') && !('name' in metadata);
  return isMap
    ? mapValues(metadata, (value, key) => (harmlessMetadata.has(key) ? value : removed))
    : redactBody(metadata);
}

function mapValues(map: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
