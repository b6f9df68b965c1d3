import type { Counsel, Need } from '../../cloud-provider.ts';
import { pasteCommand } from '../../paste-command.ts';
import { articled } from './calls/errors.ts';
import { discoveryActions, policyOf } from './policy.ts';

/** What opens cells of an account: a policy for the role or user that maps it, or a region to enable. */
export function awsAdvice({ remedy, scope, permissions }: Need): Counsel {
  const account = scope.name === scope.nativeId ? scope.nativeId : `${scope.name} (${scope.nativeId})`;
  if (remedy.do === 'enable') {
    return {
      text: `Enable the region ${remedy.what} for account ${account}, or leave it out.`,
      copy: pasteCommand`aws account enable-region --region-name ${remedy.what}`,
    };
  }
  if (remedy.do === 'lift') {
    const whom = remedy.to === null ? 'whoever maps it' : principalText(remedy.to);
    const policy = `${articled(remedy.by)}${remedy.policy === null ? '' : ` (${remedy.policy})`}`;
    const text = `In account ${account} ${policy} keeps ${permissions.join(', ')} from ${whom}: allow it there, or leave those places out.`;
    return { text, copy: null };
  }
  const who = remedy.to === null ? `whoever maps account ${account}` : principalText(remedy.to);
  const copy = policyFor(permissions, remedy.on);
  const what = permissions.join(', ');
  if (remedy.on === undefined) {
    const where = remedy.to === null ? '' : ` in account ${account}`;
    return { text: `Grant ${what} to ${who}${where}.`, copy };
  }
  return { text: `Grant ${what} on ${remedy.on} to ${who}, and see that ${remedy.on} exists and trusts it.`, copy };
}

/** One thing by its ARN; no pattern that means others as well. */
const oneArn = /^arn:aws[a-z-]*:[\w.:/@+=,-]+$/;

/** Allows what discovery itself asks for, and nothing that only an answer or a file names; null when nothing is left. */
function policyFor(permissions: readonly string[], on: string | undefined): string | null {
  const actions = permissions.filter((permission) => discoveryActions.has(permission));
  if (actions.length === 0 || (on !== undefined && !oneArn.test(on))) return null;
  return policyOf([{ actions, resource: on ?? '*' }]);
}

/** `role groundplan` of `arn:aws:iam::123456789012:role/groundplan`. */
function principalText(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const [kind = '', ...name] = resource.split('/');
  return kind === 'root' ? `the root user (${arn})` : `${kind} ${name.join('/')}`;
}
