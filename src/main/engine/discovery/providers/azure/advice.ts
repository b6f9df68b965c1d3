import type { Counsel, Need } from '../../cloud-provider.ts';
import { pasteCommand } from '../../paste-command.ts';
import { discoveryRole } from './policy.ts';

/** What opens cells of a subscription, group or tenant: a role for whoever maps it. */
export function azureAdvice({ remedy, scope, permissions }: Need): Counsel {
  const at = scopePath(scope);
  // Nothing of Azure has to be switched on before it can be read.
  const who = remedy.do === 'grant' ? remedy.to : null;
  return {
    text:
      `Grant ${permissions.join(', ')} to ${who ?? 'whoever maps it'} at ${at}: ` +
      `by the custom role ${discoveryRole}, or by Reader.`,
    copy: pasteCommand`az role assignment create --assignee ${who ?? 'PRINCIPAL'} --role "Groundplan discovery" --scope ${at}`,
  };
}

/** A scope as role assignments name it. */
function scopePath({ kind, nativeId }: Need['scope']): string {
  switch (kind) {
    case 'subscription':
      return `/subscriptions/${nativeId}`;
    case 'management-group':
      return `/providers/Microsoft.Management/managementGroups/${nativeId}`;
    case 'resource-group': {
      const [subscription = '', group = ''] = nativeId.split('/');
      return `/subscriptions/${subscription}/resourceGroups/${group}`;
    }
    default:
      // The root group of a tenant has the tenant's id.
      return `/providers/Microsoft.Management/managementGroups/${nativeId}`;
  }
}
