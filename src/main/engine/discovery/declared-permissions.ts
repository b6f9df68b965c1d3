import { awsSteps } from './providers/aws/steps.ts';
import { azureSteps } from './providers/azure/steps.ts';
import { allSteps } from './providers/gcp/steps.ts';

const declared: ReadonlySet<string> = new Set(
  [...awsSteps, ...azureSteps, ...allSteps].flatMap(({ declaration }) => [...declaration.permissions]),
);

/** The permission when a step declares it, else null: in a file it may be any text. */
export function declaredPermission(permission: string | null): string | null {
  return permission !== null && declared.has(permission) ? permission : null;
}
