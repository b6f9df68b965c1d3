import { link, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildContext } from './context.ts';
import { buildGoProgram, moduleFolder } from './go.ts';

/** OpenTofu and Terraform each look under their own registry's name, also in a local mirror. */
const registries = ['registry.opentofu.org', 'registry.terraform.io'];

/**
 * Builds a provider into a filesystem mirror and writes the command-line configuration that makes
 * OpenTofu and Terraform take providers from there and from nowhere else.
 */
export async function buildProvider(
  context: BuildContext,
  build: { readonly folder: string; readonly source: string },
): Promise<void> {
  const { version } = context.recipe;
  const binary = path.join(context.folder, `terraform-provider-${path.basename(build.source)}_v${version}`);
  await buildGoProgram(context, {
    directory: moduleFolder(build.folder),
    package: '.',
    output: binary,
    variables: {},
  });
  for (const registry of registries) {
    const place = path.join(context.folder, 'mirror', registry, build.source, version, goPlatform());
    await mkdir(place, { recursive: true });
    await link(binary, path.join(place, path.basename(binary)));
  }
  const mirror = path.join(context.destination, 'mirror');
  await writeFile(path.join(context.folder, context.recipe.executable), commandLineConfiguration(mirror));
}

function commandLineConfiguration(mirror: string): string {
  return `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(mirror)}
  }
}
`;
}

/** The platform by the names Go and the provider mirrors use. */
function goPlatform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${system}_${architecture}`;
}
