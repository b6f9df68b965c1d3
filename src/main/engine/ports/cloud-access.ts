import type { Target } from '#shared/model/index.ts';

/** What a tool needs to act in a target. The environment holds secrets: give it to the child only, log nothing. */
export interface CloudAccess {
  readonly cloud: Target['cloud'];
  /** The account that the cloud itself says the credentials act in; null where it was not asked. */
  readonly accountId: string | null;
  readonly region: string;
  /** For example AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. */
  readonly env: Readonly<Record<string, string>>;
  /** An endpoint other than the cloud's own (test servers, private endpoints), or null. */
  readonly endpoint: string | null;
}

/** Credentials for a target, from the workspace's connections; and who they really are. */
export interface CloudAccessSource {
  /**
   * Resolves credentials for the target. AWS is asked which account they act in; for Azure and Google Cloud the tool
   * gets what the user's own chain needs, and which subscription or project it leads to is not asked.
   * Throws `credentials-missing`, `credentials-expired`, `access-denied`, `endpoint-unreachable`.
   */
  accessFor(target: Target, signal: AbortSignal): Promise<CloudAccess>;
}
