/** Keys that sign calls to AWS. Never logged, never written. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Where a session's credentials come from. */
export interface AwsCredentialSource {
  credentials(): Promise<AwsCredentials>;
  /** Forgets the credentials, so that the next call takes fresh ones; null where there are no others to be had. */
  readonly renew: (() => void) | null;
}

/** Credentials that never change, such as keys in the environment. */
export function fixedCredentials(credentials: AwsCredentials): AwsCredentialSource {
  return { credentials: () => Promise.resolve(credentials), renew: null };
}

/** Renewed this long before they end, so that a call in flight does not outlive them. */
const renewMilliseconds = 5 * 60_000;
/** Calls that were in flight together fail together; one renewal is for all of them. */
const freshMilliseconds = 30_000;

/**
 * Keeps credentials until shortly before they expire. Without it every client (one per service and region) would
 * assume the role for itself. A failure is not kept: the next call tries again.
 */
export function cachedCredentials(take: () => Promise<AwsCredentials>, now: () => number): AwsCredentialSource {
  let pending: Promise<AwsCredentials> | null = null;
  let takenAt = 0;
  let endsAt = 0;
  return {
    credentials() {
      if (pending !== null && now() < endsAt) return pending;
      takenAt = now();
      endsAt = Number.POSITIVE_INFINITY;
      pending = take().then(
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
    },
    renew() {
      if (now() - takenAt >= freshMilliseconds) pending = null;
    },
  };
}
