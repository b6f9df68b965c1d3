import PQueue from 'p-queue';
import type { CellFailure } from '../../../step.ts';
import { AwsCallError, InvalidAnswerError } from './aws-error.ts';
import type { AwsContext, ItemPage } from '../aws-step.ts';
import type { AwsCaller } from './aws-caller.ts';
import { failureKind } from './errors.ts';

interface Answer {
  readonly $metadata: { readonly requestId?: string | undefined };
}

export interface PagedCall<Output> {
  readonly permission: string;
  /** Sends the call for the page after `token`; undefined is the first page. */
  readonly send: (token: string | undefined, options: { abortSignal: AbortSignal }) => Promise<Output>;
  /** The token of the next page, or nothing after the last. */
  readonly next: (output: Output) => string | undefined;
}

/** Every page of a listing, one call at a time. Throws when the cloud hands out a token twice: it would never end. */
export async function* pagesOf<Output extends Answer>(
  caller: Pick<AwsCaller, 'list'>,
  call: PagedCall<Output>,
): AsyncGenerator<Output> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const current = token;
    const output = await caller.list(call.permission, (options) => call.send(current, options));
    yield output;
    token = call.next(output) || undefined;
    if (token === undefined) return;
    if (seen.has(token)) throw new InvalidAnswerError('The answer repeats a page token.');
    seen.add(token);
  } while (true);
}

/** Reads all pages of a listing that is needed as a whole before anything can be told. */
export async function everyItem<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...itemsOf(page));
  return items;
}

/** Details in flight at a time over one cell: the services' rate limits are small. */
const detailConcurrency = 4;

/** The item was deleted between the listing and the reading of its details. */
class ItemGone extends Error {}

export interface DetailCall<Output> {
  readonly permission: string;
  /** Codes by which AWS says that the item has no such detail. */
  readonly absent?: readonly string[];
  /** Codes by which AWS says that the item itself is no longer there: it is left out. */
  readonly gone?: readonly string[];
  readonly send: (options: { abortSignal: AbortSignal }) => Promise<Output>;
}

/**
 * Reads the details of items. A detail that is denied or fails leaves a gap, which keeps the cell from counting as
 * complete, and the other items and details go on.
 */
export class DetailReader {
  #gap: CellFailure | undefined;
  readonly #context: AwsContext;

  constructor(context: AwsContext) {
    this.#context = context;
  }

  /** Reads one detail; null when there is none or it could not be read. Throws only when nobody answers. */
  async read<Output extends Answer>(call: DetailCall<Output>): Promise<Output | null> {
    try {
      return await this.#context.caller.call(call.permission, call.send);
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      if (call.gone?.includes(error.code) === true) throw new ItemGone();
      if (call.absent?.includes(error.code) === true) return null;
      const kind = failureKind(error);
      if (kind === 'timed-out' || kind === 'unreachable') throw error;
      this.#gap ??= this.#context.classify(error);
      return null;
    }
  }

  /** Applies `detail` to all items, some at a time; the answer is one page in the order of the items. */
  async each<Item, Detailed>(
    items: readonly Item[],
    detail: (item: Item) => Promise<Detailed>,
  ): Promise<ItemPage<Detailed>> {
    const queue = new PQueue({ concurrency: detailConcurrency });
    const detailOrGone = async (item: Item): Promise<readonly Detailed[]> => {
      try {
        return [await detail(item)];
      } catch (error) {
        if (error instanceof ItemGone) return [];
        throw error;
      }
    };
    try {
      const detailed = (await queue.addAll(items.map((item) => () => detailOrGone(item)))).flat();
      return this.#gap === undefined ? { items: detailed } : { items: detailed, gap: this.#gap };
    } finally {
      queue.clear();
    }
  }
}
