import PQueue from 'p-queue';
import type { CellFailure } from '../../../step.ts';
import type { AwsContext, ItemPage } from '../context.ts';
import { AwsCallError, InvalidAnswerError } from './aws-error.ts';
import { failureKind } from './errors.ts';
import type { Answer, PagedCall } from './pages.ts';

/** A service that answers one call a second still brings a part in time. */
const itemsPerPart = 25;

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

  /** Something could not be read so far. */
  get hasGap(): boolean {
    return this.#gap !== undefined;
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

  /** Reads every page of a detail that is a listing of its own; null when it could not be read as a whole. */
  async readEvery<Output extends Answer, Item>(
    call: Omit<DetailCall<Output>, 'send'> &
      PagedCall<Output> & { readonly items: (output: Output) => readonly Item[] },
  ): Promise<readonly Item[] | null> {
    const items: Item[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const current = token;
      const output = await this.read({ ...call, send: (options) => call.send(current, options) });
      if (output === null) return null;
      items.push(...call.items(output));
      token = call.next(output) || undefined;
      if (token !== undefined && seen.has(token)) throw new InvalidAnswerError('The answer repeats a page token.');
      if (token !== undefined) seen.add(token);
    } while (token !== undefined);
    return items;
  }

  /** A listing that only adds to the items of this one: where it fails, that is a gap. */
  async orNone<Item>(list: () => Promise<readonly Item[]>): Promise<readonly Item[]> {
    try {
      return await list();
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      this.#gap ??= this.#context.classify(error);
      return [];
    }
  }

  /** A detail has more than is read: the items count, the cell is told as truncated. */
  truncated(message: string): void {
    this.#gap ??= { status: 'truncated', message, permission: null, unreachable: false };
  }

  /**
   * The same for many items: a page as soon as some of them are read, so that a listing whose details take longer than
   * a listing may be silent goes on, and what is read is kept. An empty page when there are none.
   */
  async *inParts<Item, Detailed>(
    items: readonly Item[],
    detail: (item: Item) => Promise<Detailed>,
  ): AsyncGenerator<ItemPage<Detailed>> {
    const size = Math.max(itemsPerPart, this.#context.caller.detailsAtOnce);
    for (let start = 0; start === 0 || start < items.length; start += size) {
      yield await this.each(items.slice(start, start + size), detail);
    }
  }

  /** Applies `detail` to all items, some at a time; the answer is one page in the order of the items. */
  async each<Item, Detailed>(
    items: readonly Item[],
    detail: (item: Item) => Promise<Detailed>,
  ): Promise<ItemPage<Detailed>> {
    const queue = new PQueue({ concurrency: this.#context.caller.detailsAtOnce });
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
