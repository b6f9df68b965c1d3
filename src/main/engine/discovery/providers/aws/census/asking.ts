import PQueue from 'p-queue';
import type { Logger } from '#engine/ports/index.ts';
import type { AwsAccount } from '../access/accounts.ts';
import type { AwsSession } from '../calls/account-session.ts';
import { AwsCallError, InvalidAnswerError } from '../calls/aws-error.ts';

/** What is known about cells that are empty. */
export interface AwsCensus {
  /** Who vouches that there is nothing of the kind, in words; null when it has to be listed. */
  vouchesFor(accountId: string, region: string, kind: string): string | null;
}

export const noCensus: AwsCensus = { vouchesFor: () => null };

/** Cells that may be empty: an account's region, or `global`, with kinds of which no earlier run saw anything. */
export interface CensusPlace {
  readonly account: AwsAccount;
  readonly region: string;
  readonly kinds: readonly string[];
}

export interface CensusOptions {
  readonly now: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Where a census is asked for. */
export interface AskedIn {
  readonly session: AwsSession;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** Places asked at a time. */
const concurrency = 8;

/** The answers for all items, some asked at a time, in their order. */
export function eachOf<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const queue = new PQueue({ concurrency });
  return queue.addAll(items.map((item) => () => ask(item)));
}

/** AWS, or whatever stands there, answered that it will not tell; anything else is a mistake of ours or a cancel. */
export function isAnswer(error: unknown, signal: AbortSignal): error is Error {
  return !signal.aborted && (error instanceof AwsCallError || error instanceof InvalidAnswerError);
}

/** One cell by name. */
export function cellName(accountId: string, region: string, kind: string): string {
  return `${accountId} ${region} ${kind}`;
}
