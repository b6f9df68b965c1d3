import type { Counsel, Need } from '../../cloud-provider.ts';
import { pasteCommand } from '../../paste-command.ts';
import { discoveryRoleId } from './policy.ts';

/** What opens cells of a project, folder or organisation: a role for whoever maps it, or an API to switch on. */
export function gcpAdvice({ remedy, scope, permissions }: Need): Counsel {
  const on = remedy.on ?? `${scope.kind}s/${scope.nativeId}`;
  if (remedy.do === 'enable') {
    const project = remedy.on?.replace('projects/', '') ?? 'PROJECT';
    const where = remedy.on === undefined ? 'in the project that asks' : `in project ${project}`;
    return {
      text: `Enable the API ${remedy.what} ${where}.`,
      copy: pasteCommand`gcloud services enable ${remedy.what} --project=${project}`,
    };
  }
  const who = remedy.to ?? 'whoever maps it';
  return { text: `Grant ${permissions.join(', ')} to ${who} in ${on}.`, copy: bindingOf(on) };
}

/** A folder has no roles of its own; one of its organisation is not known here, so that the predefined one stands. */
function bindingOf(on: string): string | null {
  const [space = '', id = '', ...rest] = on.split('/');
  if (rest.length > 0) return null;
  const role = `${on}/roles/${discoveryRoleId}`;
  switch (space) {
    case 'folders':
      return pasteCommand`gcloud resource-manager folders add-iam-policy-binding ${id} --member=user:YOU@example.org --role=roles/cloudasset.viewer`;
    case 'organizations':
      return pasteCommand`gcloud organizations add-iam-policy-binding ${id} --member=user:YOU@example.org --role=${role}`;
    case 'projects':
      return pasteCommand`gcloud projects add-iam-policy-binding ${id} --member=user:YOU@example.org --role=${role}`;
    default:
      return null;
  }
}
