import { AppError } from '#shared/errors/index.ts';
import type { Json } from '#shared/base/json.ts';
import type { ScopeFact } from '#shared/model/index.ts';
import { azureScopeId } from '../../canonical-id.ts';
import type { CellFailure } from '../../step.ts';
import { containerTypes, parseArmId, tenantScope } from './arm-id.ts';
import { AzureCallError } from './azure-error.ts';
import { convertAzureRow } from './convert-row.ts';
import { type CallPlace, classifyAzureError, failureKind, toAzureAppError } from './errors.ts';
import { textAt, valueAt } from './json-path.ts';
import { pagesOf } from './listing.ts';
import type { AzureSession } from './session.ts';
import { quoted } from './steps.ts';

/** The most subscriptions that one question may name. */
export const mostSubscriptions = 1000;

/** A subscription to be mapped. */
export interface FoundSubscription {
  /** In lower case. */
  readonly id: string;
  readonly name: string;
  /** Only some of its resource groups may be read: what is in the others cannot be told from nothing. */
  readonly partial: boolean;
}

/** A scope that was asked for and cannot be looked at. */
export interface ScopeGap {
  readonly kind: 'subscription' | 'management-group' | 'tenant';
  readonly nativeId: string;
  readonly name: string;
  readonly failure: CellFailure;
}

export interface FoundScopes {
  readonly tenant: string;
  readonly subscriptions: readonly FoundSubscription[];
  readonly scopes: readonly ScopeFact[];
  /** The management groups that were asked for and could be listed, by name. */
  readonly groups: readonly string[];
  readonly gaps: readonly ScopeGap[];
}

export interface FindScopesOptions {
  readonly session: AzureSession;
  /** Subscriptions and management groups, by id or path; empty for all that can be seen. */
  readonly wanted: readonly string[];
  readonly tenant: string | null;
  readonly placeOf: (what: string) => CallPlace;
  readonly signal: AbortSignal;
}

const subscriptionShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const containersQuery = `resourcecontainers
| where type in~ (${quoted(containerTypes.managementGroup)}, ${quoted(containerTypes.subscription)})
| order by id asc`;
const groupsQuery = `resourcecontainers
| where type =~ ${quoted(containerTypes.resourceGroup)}
| summarize groups = count() by subscriptionId
| order by subscriptionId asc`;

/** Finds what a request means. Throws only when nothing at all can be looked at. */
export async function findScopes(options: FindScopesOptions): Promise<FoundScopes> {
  const finder = new ScopeFinder(options);
  await (options.wanted.length === 0 ? finder.findAll() : finder.findWanted());
  return finder.found();
}

/** A question's scope: the whole tenant, or a part of it. */
type Part =
  { readonly subscriptions: readonly string[] } | { readonly managementGroups: readonly string[] } | undefined;

class ScopeFinder {
  readonly #options: FindScopesOptions;
  readonly #subscriptions = new Map<string, FoundSubscription>();
  readonly #scopes = new Map<string, ScopeFact>();
  readonly #asked: string[] = [];
  readonly #gaps: ScopeGap[] = [];
  #tenant: string | null;

  constructor(options: FindScopesOptions) {
    this.#options = options;
    this.#tenant = options.tenant;
  }

  found(): FoundScopes {
    return {
      tenant: this.#tenant ?? '',
      subscriptions: [...this.#subscriptions.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      scopes: [...this.#scopes.values()],
      groups: this.#asked,
      gaps: this.#gaps,
    };
  }

  async findAll(): Promise<void> {
    const cut = await this.#list(undefined, 'The subscriptions of the tenant');
    if (cut) {
      const roots = this.#groups(null);
      for (const group of roots) await this.#findGroup(group);
      if (roots.length === 0) this.#tellCut('tenant', this.#tenant ?? '');
    }
    await this.#addPartial(undefined);
    if (this.#subscriptions.size > 0) return;
    throw new AppError('access-denied', 'No subscription of Azure can be read with this sign-in.', {
      advice: 'Ask for the role Reader on a subscription or management group, or sign in as someone who has it.',
      details: { tenant: this.#tenant },
    });
  }

  async findWanted(): Promise<void> {
    const { ids, groups } = sortWanted(this.#options.wanted);
    const missing = await this.#findSubscriptions(ids);
    // The root management group goes by the tenant's id, which looks like a subscription's.
    for (const id of missing) {
      const failure = await this.#findGroup(id);
      if (failure === null) this.#asked.push(id);
      else this.#gaps.push({ kind: 'subscription', nativeId: id, name: id, failure: notListed(id) });
    }
    for (const group of groups) {
      const failure = await this.#findGroup(group);
      if (failure === null) this.#asked.push(group);
      else this.#gaps.push({ kind: 'management-group', nativeId: group, name: group, failure });
    }
    await this.#addPartial(groups.length > 0 ? { managementGroups: groups } : undefined, ids);
    if (this.#subscriptions.size > 0 || this.#gaps.length === 0) return;
    const { failure } = this.#gaps[0] ?? { failure: null };
    throw new AppError('access-denied', failure?.message ?? 'Nothing of what was asked for can be read.', {
      advice: 'Ask for the role Reader there, or sign in as someone who has it.',
      details: { scopes: [...this.#options.wanted] },
    });
  }

  /** Looks for subscriptions by id; answers those that are not to be seen. */
  async #findSubscriptions(ids: readonly string[]): Promise<readonly string[]> {
    for (let start = 0; start < ids.length; start += mostSubscriptions) {
      const subscriptions = ids.slice(start, start + mostSubscriptions);
      try {
        await this.#list({ subscriptions }, `${subscriptions.length} subscriptions`);
      } catch (error) {
        if (!isDenied(error)) throw error;
      }
    }
    return ids.filter((id) => !this.#subscriptions.has(id));
  }

  /** Finds the subscriptions of a group; answers why not. */
  async #findGroup(name: string): Promise<CellFailure | null> {
    const what = `Management group ${name}`;
    try {
      const cut = await this.#list({ managementGroups: [name] }, what);
      if (cut) {
        this.#tellCut('management-group', name);
        for (const group of this.#groups(azureScopeId('management-group', name))) await this.#findGroup(group);
      }
      return null;
    } catch (error) {
      if (!isDenied(error)) throw error;
      return classifyAzureError(error instanceof AppError ? error.cause : error, this.#options.placeOf(what));
    }
  }

  /** The groups below are listed each by itself; what lies in none of them stays cut off, and is told so. */
  #tellCut(kind: 'tenant' | 'management-group', nativeId: string): void {
    const name = this.#scopes.get(azureScopeId(kind, nativeId))?.name ?? 'Azure';
    const failure: CellFailure = {
      status: 'truncated',
      message:
        `${name} spans more subscriptions than Azure lists at once. The groups below were listed one by one; ` +
        'a subscription that is in none of them may be missing. Name it to map it.',
      permission: null,
      unreachable: false,
    };
    this.#gaps.push({ kind, nativeId, name, failure });
  }

  /** The management groups right below a scope; with null those that nothing known is above. */
  #groups(parent: string | null): readonly string[] {
    const groups = [...this.#scopes.values()].filter(({ kind }) => kind === 'management-group');
    const ids = new Set(groups.map(({ id }) => id));
    return groups
      .filter(({ parentId }) => (parent === null ? parentId === null || !ids.has(parentId) : parentId === parent))
      .map(({ nativeId }) => nativeId);
  }

  /** Lists containers of a part of the tenant. True when there are more subscriptions than one question may span. */
  async #list(part: Part, what: string): Promise<boolean> {
    const { session, signal, placeOf } = this.#options;
    let cut = false;
    try {
      for await (const page of pagesOf(session, { query: containersQuery, ...part }, signal)) {
        cut ||= page.limitHit;
        for (const row of page.rows) this.#take(row);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      throw toAzureAppError(error, placeOf(what));
    }
    return cut;
  }

  #take(row: Json): void {
    const { resources, scopes } = convertAzureRow(row);
    this.#tenant ??= textAt(row, 'tenantId') ?? null;
    for (const scope of scopes) this.#scopes.set(scope.id, scope);
    const [resource] = resources;
    if (resource?.kind !== 'azure.resources.subscriptions') return;
    const id = parseArmId(resource.id)?.subscription ?? '';
    this.#subscriptions.set(id, { id, name: resource.name, partial: false });
  }

  /** Subscriptions of which only resource groups can be seen: they are mapped, and told to be in part. */
  async #addPartial(part: Part, ids: readonly string[] = []): Promise<void> {
    const { session, signal, placeOf, wanted } = this.#options;
    const everything = wanted.length === 0 || part !== undefined;
    const parts: Part[] = everything ? [part] : [];
    const missing = ids.filter((id) => !this.#subscriptions.has(id));
    if (missing.length > 0) parts.push({ subscriptions: missing.slice(0, mostSubscriptions) });
    for (const where of parts) {
      try {
        for await (const { rows } of pagesOf(session, { query: groupsQuery, ...where }, signal)) {
          for (const row of rows)
            this.#takePartial(textAt(row, 'subscriptionId')?.toLowerCase(), valueAt(row, 'groups'));
        }
      } catch (error) {
        if (signal.aborted || !isDenied(error)) throw toAzureAppError(error, placeOf('The resource groups'));
      }
    }
  }

  #takePartial(id: string | undefined, groups: Json): void {
    if (id === undefined || this.#subscriptions.has(id)) return;
    this.#subscriptions.set(id, { id, name: id, partial: true });
    const gap = this.#gaps.findIndex(({ nativeId }) => nativeId === id);
    if (gap >= 0) this.#gaps.splice(gap, 1);
    this.#scopes.set(azureScopeId('subscription', id), {
      id: azureScopeId('subscription', id),
      cloud: 'azure',
      kind: 'subscription',
      name: typeof groups === 'number' ? `${id} (${groups} resource groups)` : id,
      nativeId: id,
      parentId: tenantScope(this.#tenant ?? ''),
    });
  }
}

/** Sorts what was asked for into subscriptions and management groups. Throws `bad-input` for anything else. */
function sortWanted(wanted: readonly string[]): {
  readonly ids: readonly string[];
  readonly groups: readonly string[];
} {
  const ids = new Set<string>();
  const groups = new Set<string>();
  for (const text of wanted) {
    const path = text.includes('/') ? parseArmId(text.startsWith('/') ? text : `/${text}`) : null;
    if (path?.type === containerTypes.subscription) ids.add(path.name);
    else if (path?.type === containerTypes.managementGroup) groups.add(path.name);
    else if (text.includes('/')) {
      throw new AppError('bad-input', `${text}: not a subscription or management group.`, {
        advice: 'Give the id of a subscription, or the name of a management group.',
        details: { scope: text },
      });
    } else if (subscriptionShape.test(text)) ids.add(text.toLowerCase());
    else groups.add(text);
  }
  return { ids: [...ids], groups: [...groups] };
}

function isDenied(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof AzureCallError && failureKind(cause) === 'denied';
}

/** Why a subscription has no rows: Resource Graph leaves out what may not be read. */
export function notListed(name: string): CellFailure {
  return {
    status: 'denied',
    message:
      `Subscription ${name} is not listed: it is gone, in another tenant, or may not be read. ` +
      'If it is there, give the role Reader on it.',
    permission: 'Microsoft.Resources/subscriptions/read',
    unreachable: false,
  };
}
