/**
 * What somebody on this machine said yes to in a workspace. A workspace may come from elsewhere, so none of this
 * stands in it: whatever the workspace's files say, they cannot say yes for the person who opens them.
 */
export interface Consents {
  /** By subject, the digest of what was looked at. Nothing that is kept in the workspace counts. */
  given(): Promise<ReadonlyMap<string, string>>;
  give(subject: string, digest: string): Promise<void>;
}
