import { InvalidAnswerError } from './aws-error.ts';
import type { AwsContext, ItemPage } from '../context.ts';
import type { AwsCaller } from './aws-caller.ts';

export interface Answer {
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

/** The items of every page of a listing. */
export async function* itemPages<Output extends Answer, Item>(
  context: AwsContext,
  call: PagedCall<Output> & { readonly items: (output: Output) => readonly Item[] },
): AsyncGenerator<ItemPage<Item>> {
  for await (const output of pagesOf(context.caller, call)) yield { items: call.items(output) };
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
