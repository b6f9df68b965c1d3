/**
 * Who has to be granted a permission: the role behind a session's ARN, or the user itself. The path of a role is not
 * told by its sessions, so that a role with a path goes by its name alone.
 */
export function principalOf(callerArn: string): string {
  const found = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//u.exec(callerArn);
  return found === null ? callerArn : `arn:${found[1]}:iam::${found[2]}:role/${found[3]}`;
}
