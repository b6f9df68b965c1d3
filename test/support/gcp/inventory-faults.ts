import type { ListRequest, StatusAnswer } from './inventory.ts';

/** What goes wrong with a call that a rule fits. */
export type InventoryFault =
  | { readonly kind: 'status'; readonly answer: StatusAnswer }
  /** The answer comes so much later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** No answer until the server stops. */
  | { readonly kind: 'silent' }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'cut-body' }
  /** The answer arrives whole and ends too early. */
  | { readonly kind: 'truncated' }
  /** The answer is of another form than the API's. */
  | { readonly kind: 'malformed' }
  /** Every page names the same next page. */
  | { readonly kind: 'endless' }
  /** From this call on the token is no longer accepted. */
  | { readonly kind: 'expire' }
  /** Something else answers, a proxy or a hotel: plain HTTP, over gRPC too. */
  | { readonly kind: 'rubbish'; readonly status: number; readonly type: string; readonly body: string };

export interface FaultRule {
  readonly parent?: string;
  readonly content?: ListRequest['content'];
  /** The page of its listing, from 0. */
  readonly page?: number;
  /** Fits so many calls only; for ever without it. */
  readonly times?: number;
  /** Calls that ask for single types: the look round before the listing. */
  readonly typed?: boolean;
  readonly fault: InventoryFault;
}

interface FaultContext {
  readonly request: ListRequest;
  readonly page: number;
  readonly hits: (rule: FaultRule) => number;
}

/** The first rule that fits a call. */
export function faultFor(rules: readonly FaultRule[], { request, page, hits }: FaultContext): FaultRule | undefined {
  return rules.find(
    (rule) =>
      (rule.parent === undefined || rule.parent === request.parent) &&
      (rule.content === undefined || rule.content === request.content) &&
      (rule.page === undefined || rule.page === page) &&
      (rule.typed === undefined || rule.typed === request.assetTypes.length > 0) &&
      (rule.times === undefined || hits(rule) < rule.times),
  );
}
