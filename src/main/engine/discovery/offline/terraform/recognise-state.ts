import { AppError } from '#shared/errors/index.ts';
import type { TextHead } from '../input/text-head.ts';

/** Which of the tools' own files a text is. */
export type StateFile = 'state' | 'show' | 'plan';

const showIt = 'Print it with `tofu show -json` or `terraform show -json` where the tool can read it, and import that.';

/** Tells states and plans by what is in them; null for anything else. Throws `bad-input` for those that cannot be used. */
export function stateFileOf({ bracket, keys, values }: TextHead): StateFile | null {
  if (bracket !== '{') return null;
  if (keys.has('encrypted_data') && (keys.has('encryption_version') || keys.has('meta'))) {
    throw new AppError('bad-input', 'The state is encrypted.', { advice: showIt });
  }
  if (keys.has('format_version')) {
    const file = shownFile(keys);
    if (file !== null) refuseNewerFormat(file, values.get('format_version'));
    return file;
  }
  const version = values.get('version');
  // Written by hand or by another tool, the keys may come in any order; a lineage no other file has.
  const isState =
    keys.has('lineage') || (typeof version === 'number' && (keys.has('terraform_version') || keys.has('modules')));
  if (!isState) return null;
  if (keys.has('backend') && !keys.has('resources')) {
    throw new AppError('bad-input', 'It only says where the state is kept, and is no state itself.', {
      advice: 'Fetch the state with `tofu state pull` or `terraform state pull`, and import that.',
    });
  }
  if (version === 4 || (version === undefined && !keys.has('modules'))) return 'state';
  const said = version === undefined ? '3 or older' : String(version);
  if (typeof version === 'number' && version > 4) {
    throw new AppError('bad-input', `The state is of version ${said}, which is newer than this program knows.`, {
      advice: showIt,
    });
  }
  throw new AppError('bad-input', `The state is of version ${said}, which tools wrote before 2019.`, {
    advice: `Let a newer tool bring it up to version 4 (\`terraform init\` and \`terraform refresh\`). ${showIt}`,
  });
}

function shownFile(keys: ReadonlySet<string>): StateFile | null {
  if (['planned_values', 'resource_changes', 'prior_state', 'output_changes'].some((key) => keys.has(key)))
    return 'plan';
  // An empty state is printed as its version alone.
  const isState = keys.has('values') || keys.has('terraform_version') || keys.size === 1;
  return isState && !keys.has('provider_schemas') ? 'show' : null;
}

/** The tools promise that within a major version nothing changes its meaning, and ask to refuse others. */
function refuseNewerFormat(file: StateFile, format: unknown): void {
  const major = Number(/^\d+/.exec(String(format))?.[0] ?? 0);
  if (major <= newestFormat) return;
  const what = file === 'plan' ? 'plan' : 'state';
  throw new AppError(
    'bad-input',
    `The ${what} is in format ${String(format)}, which is newer than this program knows.`,
    {
      advice: 'Use a newer Groundplan, or import what `tofu state pull` or `terraform state pull` prints.',
    },
  );
}

/** The newest major version of what `show -json` prints; 0 was a preview of 1. */
const newestFormat = 1;
