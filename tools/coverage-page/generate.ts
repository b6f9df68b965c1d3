import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { DiscoverableCloud, StepDeclaration } from '#shared/model/index.ts';
import { awsSteps } from '../../src/main/engine/discovery/providers/aws/steps.ts';
import { azureSteps } from '../../src/main/engine/discovery/providers/azure/steps.ts';
import { allSteps as gcpSteps } from '../../src/main/engine/discovery/providers/gcp/steps.ts';

// docs/coverage.md from the steps' declarations, committed, so that every change of what is read shows in a review.
const file = path.resolve(import.meta.dirname, '../../docs/coverage.md');

const clouds: readonly { cloud: DiscoverableCloud; title: string; about: string; steps: StepDeclaration[] }[] = [
  {
    cloud: 'aws',
    title: 'AWS',
    about:
      'The organisation, its units and accounts are the scopes of the map, not kinds of it: they come from Organizations (`organizations:DescribeOrganization`, `organizations:ListRoots`, `organizations:ListOrganizationalUnitsForParent`, `organizations:ListAccountsForParent`) where `--organization` or a unit is asked for, and from `sts:GetCallerIdentity` for one account. Everything else is listed with the calls that the permissions name, in every account and enabled region; kinds marked _global_ once for each account. A kind whose permission is missing is told as denied, everything else is mapped.',
    steps: awsSteps.map(({ declaration }) => declaration),
  },
  {
    cloud: 'azure',
    title: 'Azure',
    about:
      'Read through Azure Resource Graph, which shows what its caller may read. Parts lie in the bodies of their kind and stand in its coverage. Types without a row become resources as well, with their bodies and references, under `azure.other`.',
    steps: azureSteps.map(({ declaration }) => declaration),
  },
  {
    cloud: 'gcp',
    title: 'Google Cloud',
    about:
      'Read through Cloud Asset Inventory. Types without a row become resources as well, with their bodies and references, under `gcp.other`.',
    steps: gcpSteps.map(({ declaration }) => declaration),
  },
];

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function rowOf({ kinds, parts = [], relationships, permissions, apis, global }: StepDeclaration): string {
  const read = `${kinds.map((kind) => `\`${kind}\``).join('<br>')}${global ? ' _global_' : ''}`;
  return `| ${read} | ${code(parts)} | ${code(relationships)} | ${code(permissions)} | ${code(apis)} |`;
}

/** The page's text, formatted as the project's files are. */
async function page(): Promise<string> {
  const sections = clouds.map(({ cloud, title, about, steps }) => {
    const withParts = steps.some(({ parts = [] }) => parts.length > 0);
    const withApis = steps.some(({ apis }) => apis.length > 0);
    const columns = [true, withParts, true, true, withApis];
    const only = (row: string): string => {
      const cells = row.split('|').slice(1, -1);
      return `|${cells.filter((_, index) => columns[index]).join('|')}|`;
    };
    const heading = '| kind | parts in its body | relationships | permissions | API |';
    const rows = [heading, '| --- | --- | --- | --- | --- |', ...steps.map(rowOf)].map(only);
    const kinds = steps.reduce((sum, step) => sum + step.kinds.length + (step.parts?.length ?? 0), 0);
    const needs = `The least that it needs, to copy: \`groundplan policy --cloud ${cloud}\`.`;
    return `## ${title}\n\n${kinds} kinds. ${about} ${needs}\n\n${rows.join('\n')}`;
  });
  const text = [
    '# What discovery reads',
    'Made from the declarations of the discovery steps by `npm run contract:update`. How to connect a cloud, and what never leaves the machine: [discovery.md](discovery.md).',
    ...sections,
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

const current = await page();
if (process.argv.includes('--check')) {
  let kept = '';
  try {
    kept = readFileSync(file, 'utf8');
  } catch {
    // A missing page differs from every declaration, which the next lines say.
  }
  if (kept !== current) {
    process.stderr.write('The steps differ from docs/coverage.md. Run `npm run contract:update` and review it.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, current);
}
