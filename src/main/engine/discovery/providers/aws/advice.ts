import type { Counsel, Need } from '../../cloud-provider.ts';
import { policyOf } from './policy.ts';

/** What opens cells of an account: a policy for the role or user that maps it, or a region to enable. */
export function awsAdvice({ remedy, scope, permissions }: Need): Counsel {
  const account = scope.name === scope.nativeId ? scope.nativeId : `${scope.name} (${scope.nativeId})`;
  if (remedy.do === 'enable') {
    return {
      text: `Enable the region ${remedy.what} for account ${account}, or leave it out.`,
      copy: `aws account enable-region --region-name ${remedy.what}`,
    };
  }
  const who = remedy.to === null ? `whoever maps account ${account}` : principalText(remedy.to);
  const copy = policyOf([{ actions: permissions, resource: remedy.on ?? '*' }]);
  const what = permissions.join(', ');
  if (remedy.on === undefined) {
    const where = remedy.to === null ? '' : ` in account ${account}`;
    return { text: `Grant ${what} to ${who}${where}.`, copy };
  }
  return { text: `Grant ${what} on ${remedy.on} to ${who}, and see that ${remedy.on} exists and trusts it.`, copy };
}

/** `role groundplan` of `arn:aws:iam::123456789012:role/groundplan`. */
function principalText(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const [kind = '', ...name] = resource.split('/');
  return kind === 'root' ? `the root user (${arn})` : `${kind} ${name.join('/')}`;
}
