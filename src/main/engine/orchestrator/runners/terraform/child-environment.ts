import path from 'node:path';
import type { CloudAccess } from '../../../ports/index.ts';

/** What a tool may know of this process's environment; everything else, TF_CLI_ARGS above all, stays outside. */
const allowed = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
  'XDG_CONFIG_HOME',
  'LANG',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'AWS_CA_BUNDLE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'SSH_AUTH_SOCK',
] as const;

export interface ChildEnvironmentOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly access: CloudAccess;
  /** The tool's own configuration file, when there is one. */
  readonly cliConfigFile: string | null;
  readonly pluginCache: string;
}

/** The whole environment of a child: an allow-list of this process's, the target's credentials, and our settings. */
export function childEnvironment(options: ChildEnvironmentOptions): Record<string, string> {
  const { environment, access } = options;
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const upper = name.toUpperCase();
    // TF_TOKEN_* are the user's credentials for private module and provider registries.
    if (allowed.some((known) => known === upper) || name.startsWith('TF_TOKEN_')) child[name] = value;
  }
  return {
    ...child,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TF_PLUGIN_CACHE_DIR: options.pluginCache,
    // Terraform would otherwise fetch a provider again for every folder that has no lock file yet.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    ...(options.cliConfigFile === null ? {} : { TF_CLI_CONFIG_FILE: path.resolve(options.cliConfigFile) }),
    ...(access.cloud === 'aws' ? awsSettings(access) : {}),
    ...access.env,
  };
}

function awsSettings({ region, endpoint }: CloudAccess): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // A desktop has no instance metadata service; asking for it only costs a wait.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(endpoint === null ? {} : { AWS_ENDPOINT_URL: endpoint }),
  };
}
