import type { Counsel, Need } from '../../cloud-provider.ts';
import { discoveryRoleId } from './policy.ts';

/** What opens cells of a project, folder or organisation: a role for whoever maps it, or an API to switch on. */
export function gcpAdvice({ remedy, scope, permissions }: Need): Counsel {
  const on = remedy.on ?? `${scope.kind}s/${scope.nativeId}`;
  if (remedy.do === 'enable') {
    const project = remedy.on?.replace('projects/', '') ?? 'PROJECT';
    const where = remedy.on === undefined ? 'in the project that asks' : `in project ${project}`;
    return {
      text: `Enable the API ${remedy.what} ${where}.`,
      copy: `gcloud services enable ${remedy.what} --project=${project}`,
    };
  }
  const who = remedy.to ?? 'whoever maps it';
  return { text: `Grant ${permissions.join(', ')} to ${who} in ${on}.`, copy: bindingOf(on) };
}

/** A folder has no roles of its own; one of its organisation is not known here, so that the predefined one stands. */
function bindingOf(on: string): string {
  const [space = '', id = ''] = on.split('/');
  const role = space === 'folders' ? 'roles/cloudasset.viewer' : `${on}/roles/${discoveryRoleId}`;
  const command = space === 'folders' ? 'resource-manager folders' : space;
  return `gcloud ${command} add-iam-policy-binding ${id} --member=user:YOU@example.org --role=${role}`;
}
