import { typesOf } from '../assets/gcp-type.ts';
import { assetApi, type GcpStep, gcpStep, policyPermission } from '../gcp-step.ts';
import { convertRole, convertServiceAccount, convertServiceAccountKey, policyKind } from './convert.ts';

export const iamSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.iam.accounts',
    typesOf('iam.googleapis.com', {
      ServiceAccount: { category: 'role', relationships: [], convert: convertServiceAccount },
      ServiceAccountKey: { category: 'other', relationships: ['CONTAINS'], convert: convertServiceAccountKey },
      Role: { category: 'policy', relationships: [], convert: convertRole },
    }),
  ),
];

/** Policies are another content of the inventory, with a permission of its own. */
export const policyStep: GcpStep = {
  declaration: {
    id: 'gcp.iam.policies',
    cloud: 'gcp',
    kinds: [policyKind],
    relationships: ['ATTACHED_TO', 'CAN_ACCESS'],
    permissions: [policyPermission],
    apis: [assetApi],
    global: false,
  },
  types: [],
};
