import type { AccessPolicy } from '#shared/model/index.ts';
import { allSteps } from './steps.ts';

/**
 * The role that follows from the steps: reading the inventory only, which needs no access to any resource itself. It
 * is granted where one maps, the API is switched on in the project that one asks through.
 */
export function gcpDiscoveryPolicy(): AccessPolicy {
  const declarations = allSteps.map(({ declaration }) => declaration);
  const permissions = [...new Set(declarations.flatMap((declaration) => declaration.permissions))].sort();
  const apis = [...new Set(declarations.flatMap((declaration) => declaration.apis))].sort();
  const text = [
    '# In the project that asks: switch the inventory on.',
    ...apis.map((api) => `gcloud services enable ${api} --project=PROJECT`),
    '',
    '# In the organisation: a role that reads the inventory and nothing else, for whoever maps.',
    'gcloud iam roles create groundplanDiscovery --organization=ORGANIZATION \\',
    `  --title="Groundplan discovery" --permissions=${permissions.join(',')}`,
    'gcloud organizations add-iam-policy-binding ORGANIZATION \\',
    '  --member=user:YOU@example.org --role=organizations/ORGANIZATION/roles/groundplanDiscovery',
    'gcloud projects add-iam-policy-binding PROJECT \\',
    '  --member=user:YOU@example.org --role=roles/serviceusage.serviceUsageConsumer',
    '',
    '# For one project alone instead:',
    'gcloud iam roles create groundplanDiscovery --project=PROJECT \\',
    `  --title="Groundplan discovery" --permissions=${permissions.join(',')}`,
    'gcloud projects add-iam-policy-binding PROJECT \\',
    '  --member=user:YOU@example.org --role=projects/PROJECT/roles/groundplanDiscovery',
    '',
    '# The predefined role roles/cloudasset.viewer works as well; it allows more than is needed.',
  ].join('\n');
  return { cloud: 'gcp', title: 'gcloud commands', text };
}
