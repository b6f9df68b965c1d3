/** Keys that sign calls to AWS. Never logged, never written. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type AwsCredentialProvider = () => Promise<AwsCredentials>;

/** Renewed this long before they end, so that a call in flight does not outlive them. */
const renewMilliseconds = 5 * 60_000;

/**
 * Keeps credentials until shortly before they expire. Without it every client (one per service and region) would
 * assume the role for itself. A failure is not kept: the next call tries again.
 */
export function cachedCredentials(provider: AwsCredentialProvider, now: () => number): AwsCredentialProvider {
  let pending: Promise<AwsCredentials> | null = null;
  let endsAt = 0;
  return () => {
    if (pending !== null && now() < endsAt) return pending;
    endsAt = Number.POSITIVE_INFINITY;
    pending = provider().then(
      (credentials) => {
        const end = credentials.expiration?.getTime();
        endsAt = end === undefined ? Number.POSITIVE_INFINITY : end - renewMilliseconds;
        return credentials;
      },
      (error: unknown) => {
        pending = null;
        throw error;
      },
    );
    return pending;
  };
}
