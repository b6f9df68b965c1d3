import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jsonSchema } from '#shared/base/json.ts';
import type { CloudSource } from '#shared/model/index.ts';
import type { AzureHost } from './credentials.ts';
import { isObject, textsAt, valuesAt } from './json-path.ts';

/**
 * Ways to sign in to Azure that this machine has, by name: an application in the environment, `az login`. Tokens and
 * secrets are not looked at; a file that cannot be read or understood offers nothing.
 */
export async function azureCloudSources(host: AzureHost): Promise<readonly CloudSource[]> {
  const { environment } = host;
  const sources: CloudSource[] = [];
  if (environment['AZURE_CLIENT_ID'] && environment['AZURE_TENANT_ID']) {
    sources.push({ cloud: 'azure', kind: 'environment', name: 'AZURE_CLIENT_ID', region: null });
  }
  for (const user of await signedInUsers(host)) {
    sources.push({ cloud: 'azure', kind: 'default', name: `az login: ${user}`, region: null });
  }
  return sources;
}

/** Who is signed in with Azure's command line, from the list of subscriptions it keeps. */
async function signedInUsers({ environment, homeFolder }: AzureHost): Promise<readonly string[]> {
  const folder = environment['AZURE_CONFIG_DIR'] || path.join(homeFolder, '.azure');
  try {
    // The file begins with a byte order mark.
    const text = (await readFile(path.join(folder, 'azureProfile.json'), 'utf8')).replace(/^\uFEFF/u, '');
    const profile = jsonSchema.parse(JSON.parse(text));
    return [
      ...new Set(
        valuesAt(profile, 'subscriptions[]')
          .filter(isObject)
          .flatMap((one) => textsAt(one, 'user.name')),
      ),
    ];
  } catch {
    return [];
  }
}
