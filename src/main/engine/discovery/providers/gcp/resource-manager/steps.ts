import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

// The scopes themselves are resources too: policies are attached to them and tags hang on them.
const scope = { category: 'other', relationships: [] } as const;

export const resourceManagerSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.cloudresourcemanager.scopes',
    typesOf('cloudresourcemanager.googleapis.com', { Organization: scope, Folder: scope, Project: scope }),
  ),
];
