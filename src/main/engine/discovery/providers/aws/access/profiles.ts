import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';

/** The process's environment and home, where AWS's own tools look for credentials. */
export interface AwsHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

export interface AwsProfile {
  readonly name: string;
  readonly region: string | null;
}

/** The two files of the AWS command line, moved by its own variables. */
export function profileFiles(host: AwsHost): { readonly credentials: string; readonly config: string } {
  return {
    credentials: host.environment['AWS_SHARED_CREDENTIALS_FILE'] || path.join(host.homeFolder, '.aws', 'credentials'),
    config: host.environment['AWS_CONFIG_FILE'] || path.join(host.homeFolder, '.aws', 'config'),
  };
}

/** Names and regions of the profiles on this machine; keys are not looked at. Missing files mean no profiles. */
export async function listProfiles(host: AwsHost): Promise<readonly AwsProfile[]> {
  const files = profileFiles(host);
  const profiles = new Map<string, string | null>();
  for (const [file, isConfig] of [
    [files.config, true],
    [files.credentials, false],
  ] as const) {
    for (const section of sections(await readOrEmpty(file))) {
      const name = isConfig ? configProfileName(section.name) : section.name;
      if (name === null) continue;
      profiles.set(name, profiles.get(name) ?? section.region);
    }
  }
  return [...profiles].map(([name, region]) => ({ name, region })).sort((a, b) => a.name.localeCompare(b.name));
}

// Other sections of the config file, such as sso-session and services, are not profiles.
function configProfileName(section: string): string | null {
  if (section === 'default') return section;
  return (
    /^profile\s+(.+)$/u
      .exec(section)?.[1]
      ?.trim()
      .replace(/^(["'])(.*)\1$/u, '$2') ?? null
  );
}

function sections(text: string): { readonly name: string; readonly region: string | null }[] {
  const found: { name: string; region: string | null }[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const name = /^\s*\[([^\]]+)\]/u.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      found.push({ name, region: null });
      continue;
    }
    const region = /^region\s*=\s*(\S+)/u.exec(line)?.[1];
    const last = found.at(-1);
    if (region !== undefined && last !== undefined) last.region = region;
  }
  return found;
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new AppError('credentials-missing', `${file} cannot be read.`, {
      advice: 'Check who may read the file.',
      details: { path: file },
      cause: error,
    });
  }
}
