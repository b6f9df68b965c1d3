import { stringify } from 'yaml';
import type { AccessPolicy } from '#shared/model/index.ts';
import { allSteps } from './steps.ts';

/** The custom role's id, here and in advice. */
export const discoveryRoleId = 'groundplanDiscovery';

/**
 * The role that follows from the steps: reading the inventory only, which needs no access to any resource itself. It
 * is granted where one maps, the API is switched on in the project that one asks through.
 */
export function gcpDiscoveryPolicy(): AccessPolicy {
  const declarations = allSteps.map(({ declaration }) => declaration);
  const permissions = [...new Set(declarations.flatMap((declaration) => declaration.permissions))].sort();
  const apis = [...new Set(declarations.flatMap((declaration) => declaration.apis))].sort();
  const role = stringify({
    title: 'Groundplan discovery',
    description: 'Reads the inventory of assets, and nothing of what is in them.',
    stage: 'GA',
    includedPermissions: permissions,
  });
  const text = [
    '# In the project that asks: switch the inventory on, and let whoever maps ask through it.',
    ...apis.map((api) => `#   gcloud services enable ${api} --project=PROJECT`),
    '#   gcloud projects add-iam-policy-binding PROJECT \\',
    '#     --member=user:YOU@example.org --role=roles/serviceusage.serviceUsageConsumer',
    '# In the organisation: the role below, from this file, for whoever maps.',
    `#   gcloud iam roles create ${discoveryRoleId} --organization=ORGANIZATION --file=role.yaml`,
    '#   gcloud organizations add-iam-policy-binding ORGANIZATION \\',
    `#     --member=user:YOU@example.org --role=organizations/ORGANIZATION/roles/${discoveryRoleId}`,
    '# For one project alone: `--project=PROJECT`, `gcloud projects add-iam-policy-binding` and',
    `# \`projects/PROJECT/roles/${discoveryRoleId}\` instead. roles/cloudasset.viewer works as well, and allows more.`,
    role.trimEnd(),
  ].join('\n');
  return { cloud: 'gcp', title: 'Custom role for Google Cloud', text };
}
