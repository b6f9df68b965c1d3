import type { Json, JsonObject } from '#shared/base/json.ts';
import { removed } from '../../secret-fields.ts';
import { withoutSecretTexts } from '../../secret-texts.ts';
import { isObject } from './json-path.ts';

export { removed } from '../../secret-fields.ts';

/** Fields whose values are secrets, lower-case. Resource Graph leaves most of them out; exports and templates do not. */
const secretFields = new Set([
  'accesskey',
  'accountkey',
  'adminpassword',
  'administratorloginpassword',
  'authkey',
  'authorizationkey',
  'certificatepassword',
  'clientsecret',
  'commandtoexecute',
  'connectionstring',
  'customdata',
  'password',
  'pfxblob',
  'presharedkey',
  'primaryconnectionstring',
  'primarykey',
  'privatekey',
  'radiusserversecret',
  'sastoken',
  'secondaryconnectionstring',
  'secondarykey',
  'secret',
  'servicekey',
  'sharedkey',
  'storageaccountaccesskey',
  'storageaccountkey',
  'userdata',
]);

/** Lists and maps of settings: the names stay, because wiring needs them; the values go. */
const settingFields = new Set(['appsettings', 'connectionstrings', 'env', 'environmentvariables', 'secrets']);

/** A body with its secrets replaced by a word; the original is left as it is. */
export function withoutSecrets(value: Json): Json {
  if (typeof value === 'string') return withoutSecretTexts(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return isObject(value) ? withoutSecretFields(value) : value;
}

function withoutSecretFields(value: JsonObject): JsonObject {
  const body: JsonObject = {};
  for (const name in value) {
    const inner = value[name] ?? null;
    const holds = whatHolds(name);
    if (holds === 'secret' && typeof inner === 'string' && inner !== '') body[name] = removed;
    else if (holds === 'settings') body[name] = withoutValues(inner);
    else body[name] = withoutSecrets(inner);
  }
  return body;
}

type Holds = 'secret' | 'settings' | 'other';

/** Names seen so far: bodies of a type repeat the same few, and tags some more. */
const seen = new Map<string, Holds>();
const mostSeen = 10_000;

function whatHolds(name: string): Holds {
  const known = seen.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const holds = secretFields.has(lower) ? 'secret' : settingFields.has(lower) ? 'settings' : 'other';
  if (seen.size < mostSeen) seen.set(name, holds);
  return holds;
}

/** Settings as a list of `{ name, value }` or as a map of names to values. */
function withoutValues(settings: Json): Json {
  if (Array.isArray(settings)) {
    return settings.map((setting) => {
      const body = withoutSecrets(setting);
      return isObject(body) && typeof body['value'] === 'string' ? { ...body, value: removed } : body;
    });
  }
  if (!isObject(settings)) return withoutSecrets(settings);
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'string' ? removed : withoutSecrets(value),
    ]),
  );
}
