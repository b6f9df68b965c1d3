/** What goes wrong with a question. */
export type AzureFault =
  /** 403, as for someone without the permission to ask. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'throttled'; readonly retryAfter: number | null }
  | { readonly kind: 'error'; readonly status: 500 | 502 | 503 }
  /** 401: the token is not valid any more. */
  | { readonly kind: 'expired' }
  /** The connection ends in the middle of the body. */
  | { readonly kind: 'cut'; readonly packed: boolean }
  /** The connection ends before an answer. */
  | { readonly kind: 'reset' }
  /** No answer until the fake stops. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The body is whole as far as HTTP knows, and half as far as JSON does. */
  | { readonly kind: 'half' }
  | { readonly kind: 'rubbish'; readonly type: string; readonly body: string }
  /** The page leads to itself. */
  | { readonly kind: 'same-token' }
  /** The page says that there are more rows, and gives no way to them. */
  | { readonly kind: 'truncated' }
  /** Pages of more rows than this are too large to be sent. */
  | { readonly kind: 'too-large'; readonly rows: number }
  /** Something happens in the tenant just before the answer. */
  | { readonly kind: 'meanwhile'; readonly happens: () => void };

export interface AzureFaultRule {
  readonly table?: 'resources' | 'resourcecontainers' | 'authorizationresources';
  /** Only when this subscription is among those asked about. */
  readonly subscription?: string;
  /** Only pages after the first. */
  readonly laterPages?: boolean;
  /** Lets so many matching questions through first. */
  readonly after?: number;
  /** Then happens so often; for ever without it. */
  readonly times?: number;
  readonly fault: AzureFault;
}

export interface AskedQuestion {
  readonly table: string;
  readonly query: string;
  readonly subscriptions: readonly string[] | null;
  readonly managementGroups: readonly string[] | null;
  readonly top: number;
  readonly skip: number | null;
  readonly skipToken: string | null;
}

/** The rules in force, each with how often it has matched. */
export class FaultRules {
  #rules: readonly { readonly rule: AzureFaultRule; matched: number }[] = [];

  set(rules: readonly AzureFaultRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, matched: 0 }));
  }

  /** The faults that a question meets, each counted once. */
  of(asked: AskedQuestion): readonly AzureFault[] {
    const met: AzureFault[] = [];
    for (const entry of this.#rules) {
      if (!fits(entry.rule, asked)) continue;
      entry.matched += 1;
      const { after = 0, times = Number.POSITIVE_INFINITY, fault } = entry.rule;
      if (entry.matched > after && entry.matched <= after + times) met.push(fault);
    }
    return met;
  }
}

function fits(rule: AzureFaultRule, asked: AskedQuestion): boolean {
  return (
    (rule.table === undefined || rule.table === asked.table) &&
    (rule.subscription === undefined || asked.subscriptions?.includes(rule.subscription) === true) &&
    (rule.laterPages !== true || asked.skipToken !== null || asked.skip !== null)
  );
}
