import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Redaction, RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';
import type { ArchivedCell } from '#engine/ports/index.ts';
import { declaredPermission } from '../../declared-permissions.ts';
import { accountPieces } from './account-pieces.ts';
import { AddressMap } from './address-map.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { redactText, type TextRedaction } from './redact-text.ts';

/** What the facts call things, gathered before the first of them is written. */
export interface Originals {
  /** Names, native ids and values of tags, in lower case: none may be left, and none may be a pseudonym. */
  readonly texts: Set<string>;
  /** Ids of accounts, subscriptions and projects, in lower case. */
  readonly accountIds: Set<string>;
}

/** Gives facts other names, addresses and account numbers, the same for the same everywhere. */
export interface Redactor {
  scope(scope: ScopeFact): ScopeFact;
  cell(cell: ArchivedCell): ArchivedCell;
  resource<Fact extends ResourceFact>(fact: Fact): Fact;
  relationship(fact: RelationshipFact): RelationshipFact;
}

/** Fields whose values are words of the cloud and not of its users. */
const enumerated =
  /(?:type|state|status|protocol|engine|class|tier|sku|kind|mode|architecture|[a-z_]family|runtime|category|direction|access|effect|action|actions|priority|version|visibility|cloud|platform|tenancy|scheme)$/i;
const plainWord = /^[A-Za-z][A-Za-z0-9*:._ -]{0,60}$/;
/** Types that somebody else than the cloud made, such as `Custom::AcmeLicence` of a stack. */
const ofOwners = /^(?!AWS::)\w+::/;

/** Maps whose keys people chose. */
const userMaps =
  /^(?:tagset|tags_?all|environment|metadata|app_?settings|connectionstrings|parameters|outputs|actions|triggers|headers|options)$|(?:tags|labels|variables|annotations|selectors?)$/i;
/** Fields whose numbers say whose they are. */
const numbered = /account|project|owner|tenant|subscription/i;

export function createRedactor(redactions: readonly Redaction[], { texts, accountIds }: Originals): Redactor {
  const rules: TextRedaction = {
    names: redactions.includes('names'),
    addresses: redactions.includes('addresses'),
    accounts: redactions.includes('accounts'),
    pseudonyms: new Pseudonyms(new Set([...texts, ...accountIds])),
    addressMap: new AddressMap(randomBytes(32)),
    accountIds,
  };
  const text = (value: string): string => redactText(value, rules);
  const textOrNull = (value: string | null): string | null => (value === null ? null : text(value));

  /** A tag that is a number and no more, such as a cost centre's, is nobody's port or size. */
  const tag = (value: string): string =>
    rules.names && /^\d{2,5}$/.test(value) ? rules.pseudonyms.word(value) : text(value);

  /** `Name` is AWS's own key for what a resource is called. */
  const keyOf = (key: string): string => (key === 'Name' || key === 'name' ? key : text(key));

  function body(value: Json, field: string): Json {
    if (typeof value === 'string') return leaf(value, field);
    if (typeof value === 'number') {
      const isAccount = accountIds.has(String(value)) || (numbered.test(field) && /^\d{12}$/.test(String(value)));
      return isAccount ? Number(text(String(value))) : value;
    }
    if (Array.isArray(value)) {
      // Tags may be a list of keys and values, whose names are not the user's.
      return value.map((inner) => body(inner, userMaps.test(field) && typeof inner === 'object' ? '' : field));
    }
    if (value === null || typeof value !== 'object') return value;
    return object(value, userMaps.test(field));
  }

  function object(value: JsonObject, isOfUser: boolean): JsonObject {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        // An id as a key, as of the identities of an Azure resource, is no field's name.
        const isField = !isOfUser && /^[$@]?[A-Za-z][A-Za-z0-9_.]*$/.test(key);
        return [isField ? key : keyOf(key), body(inner, isField ? key : '')];
      }),
    );
  }

  function leaf(value: string, field: string): string {
    if ((field === 'Key' || field === 'key') && value === 'Name') return value;
    const stays =
      enumerated.test(field) && plainWord.test(value) && !ofOwners.test(value) && !texts.has(value.toLowerCase());
    if (stays && !accountPieces(value, accountIds).some(({ isAccount }) => isAccount)) return value;
    // The value of a tag stands under no name, or under `Value`.
    return field === '' || field === 'Value' || field === 'value' ? tag(value) : text(value);
  }

  return {
    scope: (scope) => ({
      ...scope,
      id: text(scope.id),
      name: text(scope.name),
      nativeId: text(scope.nativeId),
      parentId: textOrNull(scope.parentId),
      ...(scope.number === undefined ? {} : { number: text(scope.number) }),
    }),
    // Field by field, so that none with names in it comes along: what a cloud answered and whom to grant what may name
    // anything.
    cell: ({ capturedAt, error, kind, pages, permission, region, rows, scope, secondhand, status, vouchedBy }) => ({
      scope: text(scope),
      region,
      kind,
      status,
      pages,
      rows,
      error: error === null ? null : '(removed)',
      permission: declaredPermission(permission),
      ...(vouchedBy === undefined ? {} : { vouchedBy: '(removed)' }),
      ...(capturedAt === undefined ? {} : { capturedAt }),
      ...(secondhand === undefined ? {} : { secondhand }),
    }),
    resource: (fact) => ({
      ...fact,
      id: text(fact.id),
      name: text(fact.name),
      nativeId: text(fact.nativeId),
      scopeId: text(fact.scopeId),
      cidr: textOrNull(fact.cidr),
      ip: textOrNull(fact.ip),
      tags: Object.fromEntries(Object.entries(fact.tags).map(([key, value]) => [keyOf(key), tag(value)])),
      raw: body(fact.raw, ''),
    }),
    relationship: (fact) => ({
      ...fact,
      from: text(fact.from),
      to: text(fact.to),
      properties: object(fact.properties, false),
    }),
  };
}

/** Takes what a resource is called. */
export function learnResource({ accountIds, texts }: Originals, { id, name, nativeId, tags }: ResourceFact): void {
  // An export may name a subscription in ids alone, without a scope of its own.
  const [, subscription] = /^\/subscriptions\/([^/]+)/i.exec(id) ?? [];
  if (subscription !== undefined) accountIds.add(subscription.toLowerCase());
  for (const text of [name, nativeId, ...Object.values(tags)]) if (text !== '') texts.add(text.toLowerCase());
}

/** Takes what a scope is called, and its number as an account's. */
export function learnScope({ accountIds, texts }: Originals, { kind, name, nativeId, number }: ScopeFact): void {
  texts.add(name.toLowerCase());
  const isAccount = kind === 'account' || kind === 'subscription' || kind === 'project' || kind === 'tenant';
  (isAccount ? accountIds : texts).add(nativeId.toLowerCase());
  if (number !== undefined) accountIds.add(number);
}
