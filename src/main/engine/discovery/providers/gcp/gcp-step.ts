import type { StepDeclaration } from '#shared/model/index.ts';
import { type GcpType, kindOfType } from './assets/gcp-type.ts';

/** A service's types as data: screens and docs show what is read and needed without running anything. */
export interface GcpStep {
  readonly declaration: StepDeclaration;
  readonly types: readonly GcpType[];
}

/** What every listing needs: one API, asked about all services. */
export const assetApi = 'cloudasset.googleapis.com';
/** Source: https://cloud.google.com/asset-inventory/docs/access-control */
export const resourcePermission = 'cloudasset.assets.listResource';
export const policyPermission = 'cloudasset.assets.listIamPolicy';

/** Declares the step of a service whose resources the inventory lists with their bodies. */
export function gcpStep(id: string, types: readonly GcpType[]): GcpStep {
  return {
    declaration: {
      id,
      cloud: 'gcp',
      kinds: types.map(({ assetType }) => kindOfType(assetType)),
      relationships: [...new Set(types.flatMap(({ relationships }) => relationships))].sort(),
      permissions: [resourcePermission],
      apis: [assetApi],
      global: false,
    },
    types,
  };
}
