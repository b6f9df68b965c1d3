import type { Json, JsonObject } from '#shared/base/json.ts';
import { isSecretName, removed } from '../../secret-fields.ts';
import { isSecretArgument } from '../../secret-settings.ts';
import { withoutSecretTexts } from '../../secret-texts.ts';
import { isObject, unwrapped } from '../json-fields.ts';

/**
 * States hold every secret in clear, and mark only what the code called sensitive. So whatever is marked goes, and
 * whatever its name gives away as well: rather a harmless value too many.
 */
const secretName =
  /pass(?:word|wd|phrase)|secret|token|credential|private_?key|_key(?:_base64|_pem)?$|(?:account|auth|service|shared)key$|command_?to_?execute|connection_string|_sas(?:_|$)|kube_(?:admin_)?config|user_?data|custom_data|startup_script|client_certificate|metadata$/i;

/** Names that end like a secret and name something instead. */
const harmlessName =
  /(?:_arn|_id|_ids|_name|_enabled|_url|_uri|_version|_type|_days|_policy|_mode)$|^(?:kms|hash|range|partition|sort|public|routing|s3|bucket|object|index|tag)_?key$|_(?:hash|range|partition|sort|public|routing)_key$/i;

/** Maps and lists of names and values given by people; the names stay, because people look for them. */
const valueMaps =
  /^(?:env|environment|(?:build_|secure_)?environment_variables|env_variables|variables|app_settings|stage_variables|substitutions|sensitive_labels|custom_header)$/i;

/** A resource's attributes without secrets. `marked` are paths to what the state itself calls sensitive. */
export function withoutSecrets(attributes: JsonObject, marked: readonly (readonly string[])[]): JsonObject {
  // A step that cannot be told, such as one into a set, stands for all that lies there.
  const told = marked.map((path) => (path.includes('') ? path.slice(0, path.indexOf('')) : path));
  const marks = new Set(told.map((path) => path.join('\n')));
  // Something marked that cannot be pointed at: nothing of it may be kept.
  if (marks.has('')) return {};
  return cleanObject(attributes, { path: [], marks });
}

interface Place {
  readonly path: readonly string[];
  readonly marks: ReadonlySet<string>;
}

function isMarked({ path, marks }: Place): boolean {
  return marks.has(path.join('\n'));
}

function cleanObject(value: JsonObject, { path, marks }: Place): JsonObject {
  const clean: JsonObject = {};
  const label = labelOf(value);
  for (const [name, inner] of Object.entries(value)) {
    if (inner === null) continue;
    const at = { path: [...path, name], marks };
    // `{ name: 'db_password', value }`: what the pair is called tells of its value.
    const isSecretPair = label !== null && /^value$/i.test(name) && isSecret(label, inner);
    if (isMarked(at) || isSecretPair || isSecret(name, inner)) clean[name] = removed;
    else clean[name] = valueMaps.test(name) ? withoutValues(inner, at) : cleanValue(inner, at);
  }
  return clean;
}

/** What a pair of a name and a value is called; null for any other object. */
function labelOf(value: JsonObject): string | null {
  const entries = Object.entries(value);
  const [label] = entries.flatMap(([name, inner]) => (isLabel(name) && typeof inner === 'string' ? [inner] : []));
  return label !== undefined && entries.some(([name]) => /^value$/i.test(name)) ? label : null;
}

function isLabel(name: string): boolean {
  return /^(?:name|key)$/i.test(name);
}

function cleanValue(value: Json, { path, marks }: Place): Json {
  if (isMarked({ path, marks })) return removed;
  if (Array.isArray(value)) {
    return value.map((inner, index) =>
      isSecretArgument(inner, value[index - 1])
        ? removed
        : cleanValue(inner, { path: [...path, String(index)], marks }),
    );
  }
  if (isObject(value)) return cleanObject(value, { path, marks });
  if (typeof value !== 'string') return value;
  const inner = unwrapped(value);
  // Definitions of containers, policies and the like are JSON in a text.
  if (typeof inner === 'object' && inner !== null) return cleanValue(inner, { path: [...path, '{}'], marks });
  return withoutSecretTexts(value);
}

/** Numbers and switches give nothing away, and a reference to where a secret lies is what people want to see. */
function isSecret(name: string, value: Json): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || value === '') return false;
  if (typeof value === 'string' && /^(?:arn:|\/subscriptions\/|projects\/)/.test(value)) return false;
  return isSecretName(name) || (secretName.test(name) && !harmlessName.test(name));
}

/** `{ NAME: value }` and `[{ name, value }]`, at any depth, with the values gone. */
function withoutValues(value: Json, { path, marks }: Place): Json {
  if (isMarked({ path, marks })) return removed;
  if (Array.isArray(value)) {
    return value.map((inner, index) => {
      const at = { path: [...path, String(index)], marks };
      // Only in a list is an object a pair; a map may have a variable NAME, and its value goes.
      return isObject(inner) && labelOf(inner) !== null ? pairWithoutValue(inner, at) : withoutValues(inner, at);
    });
  }
  if (!isObject(value)) return typeof value === 'string' ? removed : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutValues(inner, { path: [...path, name], marks })]),
  );
}

function pairWithoutValue(pair: JsonObject, { path, marks }: Place): JsonObject {
  return Object.fromEntries(
    Object.entries(pair).map(([name, inner]) => {
      const at = { path: [...path, name], marks };
      const stays = isLabel(name) && typeof inner === 'string' && !isMarked(at);
      return [name, stays ? inner : withoutValues(inner, at)];
    }),
  );
}
