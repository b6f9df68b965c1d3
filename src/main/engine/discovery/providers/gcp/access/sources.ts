import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudSource } from '#shared/model/index.ts';

/** The machine as Google's own tools see it. */
export interface GcpHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** A file with credentials, and how it was found. */
export interface CredentialFile {
  readonly path: string;
  /** `environment` when a variable names it, `default` where `gcloud auth application-default login` puts it. */
  readonly kind: 'environment' | 'default';
}

export const keyFileVariable = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Source: https://cloud.google.com/docs/authentication/application-default-credentials */
export function credentialFile({ environment, homeFolder }: GcpHost): CredentialFile {
  const named = environment[keyFileVariable];
  if (named) return { path: named, kind: 'environment' };
  const windows = environment['APPDATA'];
  const usual =
    process.platform === 'win32' && windows ? join(windows, 'gcloud') : join(homeFolder, '.config', 'gcloud');
  const folder = environment['CLOUDSDK_CONFIG'] || usual;
  return { path: join(folder, 'application_default_credentials.json'), kind: 'default' };
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Ways to sign in found on this machine, by name only. */
export async function gcpCloudSources(host: GcpHost): Promise<readonly CloudSource[]> {
  const { path, kind } = credentialFile(host);
  if (!(await isThere(path))) return [];
  const name = kind === 'environment' ? keyFileVariable : 'gcloud application-default';
  return [{ cloud: 'gcp', kind, name, region: null }];
}

/** The project that commands mean when they name none; null when the machine knows none. */
export async function usualProject(host: GcpHost): Promise<string | null> {
  const named = host.environment['GOOGLE_CLOUD_PROJECT'] || host.environment['CLOUDSDK_CORE_PROJECT'];
  if (named) return named;
  try {
    const file: unknown = JSON.parse(await readFile(credentialFile(host).path, 'utf8'));
    if (typeof file !== 'object' || file === null) return null;
    const { project_id: own, quota_project_id: asked } = file as Readonly<Record<string, unknown>>;
    return [own, asked].find((project): project is string => typeof project === 'string' && project !== '') ?? null;
  } catch {
    // No file, or none that can be read: signing in tells about that; here only its project is missing.
    return null;
  }
}
