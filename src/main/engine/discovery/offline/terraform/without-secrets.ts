import type { Json, JsonObject } from '#shared/base/json.ts';
import { isSecretName, removed } from '../../secret-fields.ts';
import { isObject, unwrapped } from '../json-fields.ts';

/**
 * States hold every secret in clear, and mark only what the code called sensitive. So whatever is marked goes, and
 * whatever its name gives away as well: rather a harmless value too many.
 */
const secretName =
  /pass(?:word|wd|phrase)|secret|token|credential|private_?key|_key(?:_base64|_pem)?$|connection_string|_sas(?:_|$)|kube_(?:admin_)?config|user_?data|custom_data|startup_script|client_certificate|metadata$/i;

/** Names that end like a secret and name something instead. */
const harmlessName =
  /(?:_arn|_id|_ids|_name|_enabled|_url|_uri|_version|_type|_days|_policy|_mode)$|^(?:kms|hash|range|partition|sort|public|routing|s3|bucket|object|index|tag)_?key$|_(?:hash|range|partition|sort|public|routing)_key$/i;

/** Maps and lists of names and values given by people; the names stay, because people look for them. */
const valueMaps =
  /^(?:env|environment|environment_variables|variables|app_settings|stage_variables|secure_environment_variables)$/i;

/** A user and a password in front of a host. */
const userInAddress = /(:\/\/)[^/\s:@]+:[^/\s@]+@/gu;

/** A resource's attributes without secrets. `marked` are paths to what the state itself calls sensitive. */
export function withoutSecrets(attributes: JsonObject, marked: readonly (readonly string[])[]): JsonObject {
  const marks = new Set(marked.map((path) => path.join('\n')));
  // Something marked that cannot be pointed at: nothing of it may be kept.
  if (marks.has('')) return {};
  return cleanObject(attributes, { path: [], marks });
}

interface Place {
  readonly path: readonly string[];
  readonly marks: ReadonlySet<string>;
}

function cleanObject(value: JsonObject, { path, marks }: Place): JsonObject {
  const clean: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === null) continue;
    const at = { path: [...path, name], marks };
    clean[name] = isSecret(name, inner) ? removed : valueMaps.test(name) ? withoutValues(inner) : cleanValue(inner, at);
  }
  return clean;
}

function cleanValue(value: Json, { path, marks }: Place): Json {
  if (marks.has(path.join('\n'))) return removed;
  if (Array.isArray(value))
    return value.map((inner, index) => cleanValue(inner, { path: [...path, String(index)], marks }));
  if (isObject(value)) return cleanObject(value, { path, marks });
  if (typeof value !== 'string') return value;
  const inner = unwrapped(value);
  // Definitions of containers, policies and the like are JSON in a text.
  if (typeof inner === 'object' && inner !== null) return cleanValue(inner, { path: [...path, '{}'], marks });
  return value.includes('://') ? value.replace(userInAddress, `$1${removed}@`) : value;
}

/** Numbers and switches give nothing away, and a reference to where a secret lies is what people want to see. */
function isSecret(name: string, value: Json): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || value === '') return false;
  if (typeof value === 'string' && /^(?:arn:|\/subscriptions\/|projects\/)/.test(value)) return false;
  return isSecretName(name) || (secretName.test(name) && !harmlessName.test(name));
}

/** `{ NAME: value }` and `[{ name, value }]`, at any depth, with the values gone. */
function withoutValues(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (!isObject(value)) return typeof value === 'string' ? removed : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      /^(?:name|key)$/i.test(name) && typeof inner === 'string' ? inner : withoutValues(inner),
    ]),
  );
}
