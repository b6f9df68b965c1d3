import type { AppError } from '#shared/errors/index.ts';
import type { CellFailure } from '../../../step.ts';
import type { AwsSession } from '../calls/account-session.ts';
import type { AwsIdentitySource } from './credentials.ts';
import { classifyAwsError, toAwsAppError } from '../calls/errors.ts';
import { type CallerIdentity, callerIdentity } from '../sts/client.ts';

/** An identity source whose credentials work. */
export interface SignedIn {
  readonly label: string;
  readonly region: string | null;
  readonly identity: CallerIdentity;
  readonly session: AwsSession;
}

/** An identity source that does not: told in the ledger, the others go on. */
export interface NotSignedIn {
  readonly source: AwsIdentitySource;
  readonly failure: CellFailure;
}

export interface SignInOptions {
  readonly openSession: (source: AwsIdentitySource) => AwsSession;
  /** Where to ask for identities that name no region: keys of another partition are known only there. */
  readonly region: string;
  readonly endpoint: string;
  readonly signal: AbortSignal;
}

/** Asks AWS who each source is. Throws when none of them is anybody. */
export async function signIn(
  sources: readonly AwsIdentitySource[],
  options: SignInOptions,
): Promise<{ readonly signedIn: readonly SignedIn[]; readonly notSignedIn: readonly NotSignedIn[] }> {
  const signedIn: SignedIn[] = [];
  const notSignedIn: NotSignedIn[] = [];
  const errors: AppError[] = [];
  await Promise.all(
    sources.map(async (source) => {
      const session = options.openSession(source);
      const region = source.region ?? options.region;
      try {
        const identity = await callerIdentity(session, region, options.signal);
        signedIn.push({ label: source.label, region: source.region, identity, session });
      } catch (error) {
        if (options.signal.aborted) throw error;
        const place = { account: source.label, region, endpoint: options.endpoint };
        notSignedIn.push({ source, failure: classifyAwsError(error, place) });
        errors.push(toAwsAppError(error, place));
      }
    }),
  );
  const first = errors[0];
  if (signedIn.length === 0 && first !== undefined) throw first;
  // The order of the answers is chance; that of the sources is the user's.
  const order = new Map(sources.map((source, index) => [source.label, index]));
  signedIn.sort((a, b) => (order.get(a.label) ?? 0) - (order.get(b.label) ?? 0));
  return { signedIn, notSignedIn };
}
