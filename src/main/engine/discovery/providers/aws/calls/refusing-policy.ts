/** A policy that keeps a call from somebody who may be granted it a hundred times: more rights of their own do not help. */
export interface RefusingPolicy {
  /** As AWS calls it: `service control policy`, `permissions boundary`. */
  readonly by: string;
  /** Its ARN, where AWS tells it. */
  readonly policy: string | null;
}

const limits = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
  'resource-based policy',
].join('|');
const forbids = new RegExp(`explicit deny in an? (${limits}|identity-based policy)(?::? (arn:[^\\s,]+))?`, 'iu');
/** Nothing but these allow by not standing in the way; where no policy of one's own allows it, it has to be granted. */
const withholds = new RegExp(`because no (${limits}) allows`, 'iu');

/**
 * Reads from AWS's words which policy refused a call; null where a right is only missing, or nothing is said.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusingPolicy(message: string): RefusingPolicy | null {
  const [, by, policy] = forbids.exec(message) ?? withholds.exec(message) ?? [];
  if (by === undefined) return null;
  const known = limits.split('|').find((limit) => limit.toLowerCase() === by.toLowerCase());
  return { by: known ?? by.toLowerCase(), policy: policy?.replace(/\.$/u, '') ?? null };
}
