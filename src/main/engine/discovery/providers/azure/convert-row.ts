import type { Json, JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';
import { EdgeList } from '../../edge-list.ts';
import { type ArmId, kindOfType, listingScopeOf, parseArmId, scopeOf } from './arm-id.ts';
import { type AzureType, namedResource } from './azure-type.ts';
import { firstTextAt, isObject, type TellForm, textAt, valuesAt } from './json-path.ts';
import { principalId } from './principal.ts';
import { withoutSecrets } from './redact.ts';
import { addReferences } from './references.ts';
import { scopesOfRow } from './scopes/scope-facts.ts';
import { cellKindOf, typeNamed } from './types.ts';

/** What one row becomes. */
export interface ConvertedRow {
  /** Scope and kind of the ledger's cell that the facts belong to; null when the row could not be understood. */
  readonly cell: { readonly scope: string; readonly kind: string } | null;
  /** The resource of the row itself, then its parts. */
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** Where the row is a management group, subscription or resource group: that and what is above it. */
  readonly scopes: readonly ScopeFact[];
  /** Why the row could not be understood, as a sentence; null when it was. */
  readonly problem: string | null;
  /** Parts of the row that have another form than is known, each in a sentence. They are kept in the body alone. */
  readonly unread: readonly string[];
}

/**
 * A row of Resource Graph, or a body of Resource Manager, as facts. Rows of a type that nobody declared become
 * resources all the same. Never throws: a row without an id is told as a problem.
 */
export function convertAzureRow(row: Json): ConvertedRow {
  const nothing = { cell: null, resources: [], relationships: [], scopes: [], unread: [] };
  if (!isObject(row)) return { ...nothing, problem: 'A row is not an object.' };
  const id = textAt(row, 'id');
  const arm = id === undefined ? null : parseArmId(id);
  if (arm === null) return { ...nothing, problem: `A row has no resource id (${id?.slice(0, 200) ?? 'none'}).` };
  const tenant = textAt(row, 'tenantId') ?? textAt(row, 'properties.tenantId') ?? '';
  const unread = new Set<string>();
  const inherited = { tenant, region: regionOf(row) ?? 'global', unread };
  const converted = convertBody(row, arm, inherited);
  return {
    ...converted,
    unread: [...unread],
    cell: { scope: listingScopeOf(arm, tenant), kind: cellKindOf(arm.type) },
    scopes: scopesOfRow(row, arm, tenant),
    problem: null,
  };
}

interface Inherited {
  readonly tenant: string;
  readonly region: string;
  /** Takes what has another form than it should, of the row and all its parts. */
  readonly unread: Set<string>;
}

interface ConvertedBody {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

function convertBody(body: JsonObject, arm: ArmId, inherited: Inherited): ConvertedBody {
  const type = typeNamed(arm.type);
  const edges = new EdgeList(arm.id, type.table);
  const except = new Set<Json>();
  const tell: TellForm = (sentence) => void inherited.unread.add(`${arm.id}: ${sentence}`);
  if (arm.parent !== null) edges.from('CONTAINS', { from: arm.parent, field: 'id' });
  addRules(body, type, { edges, tell });
  type.more?.add({ arm, body, edges });
  for (const path of type.reads) for (const value of valuesAt(body, path, tell)) tellForm(value, path, tell);
  addCommon(body, { edges, tell });

  const parts = type.parts.flatMap(({ path, segment }) =>
    valuesAt(body, path, tell).flatMap((part, index) => {
      if (!isObject(part)) {
        tell(`${path} is not an object`);
        return [];
      }
      except.add(part);
      return [convertBody(part, partId(part, arm, `${segment}/${textAt(part, 'name') ?? index}`), inherited)];
    }),
  );
  for (const path of type.echoes) for (const value of valuesAt(body, path)) except.add(value);
  addReferences(body, { arm, edges, except });
  return {
    resources: [resourceOf(body, arm, { ...inherited, type }), ...parts.flatMap(({ resources }) => resources)],
    relationships: [...edges.edges, ...parts.flatMap(({ relationships }) => relationships)],
  };
}

/** Where the edges of a body go, and what has another form than they need. */
interface Found {
  readonly edges: EdgeList;
  readonly tell: TellForm;
}

function addRules(body: JsonObject, type: AzureType, { edges, tell }: Found): void {
  for (const rule of type.edges) {
    for (const value of valuesAt(body, rule.path, rule.orText === true ? undefined : tell)) {
      tellForm(value, rule.path, tell);
      const end = rule.idOf === undefined ? namedResource(value, rule.end) : rule.idOf(value);
      if (rule.reversed === true) edges.from(rule.type, { from: end, field: rule.path });
      else edges.to(rule.type, { to: end, field: rule.path });
    }
  }
}

/** An id or name is a text, or an object with an id that is one. */
function tellForm(value: Json, path: string, tell: TellForm): void {
  if (typeof value === 'string' || value === null) return;
  if (!isObject(value)) tell(`${path} is neither a text nor an object`);
  else if (typeof (value['id'] ?? '') !== 'string') tell(`${path}.id is not a text`);
}

/** What every type may have: identities, and something that manages it. */
function addCommon(body: JsonObject, { edges, tell }: Found): void {
  tellTags(body['tags'] ?? null, tell);
  for (const value of valuesAt(body, 'identity.userAssignedIdentities{}', tell)) {
    edges.to('RUNS_AS', { to: namedResource(value), field: 'identity.userAssignedIdentities' });
  }
  edges.to('RUNS_AS', { to: principalId(textAt(body, 'identity.principalId')), field: 'identity.principalId' });
  const manager = namedResource(textAt(body, 'managedBy') ?? null);
  // A disk's machine manages it too, and is named already as what the disk is attached to.
  if (edges.edges.some(({ to }) => to === manager)) return;
  edges.to('MANAGED_BY', { to: manager, field: 'managedBy' });
}

/** Tags are a map of texts, nothing, or an empty text. */
function tellTags(tags: Json, tell: TellForm): void {
  if (tags === null || tags === '') return;
  if (!isObject(tags)) tell('tags is not an object');
  else {
    for (const [key, value] of Object.entries(tags)) {
      if (typeof value === 'object' && value !== null) tell(`tags.${key} is not a text`);
    }
  }
}

/** A part's own id; made from its place where the body names none, or one that lies elsewhere. */
function partId(part: JsonObject, parent: ArmId, place: string): ArmId {
  const own = parseArmId(textAt(part, 'id') ?? '');
  if (own?.id.startsWith(`${parent.id}/`) === true) return own;
  const id = `${parent.id}/${place.toLowerCase().replaceAll(/[^a-z0-9._/()-]/gu, '_')}`;
  const made = parseArmId(id);
  const segment = place.split('/')[0] ?? '';
  return made ?? { ...parent, id, type: `${parent.type}/${segment}`, parent: parent.id, owner: parent.owner };
}

/** Columns that say again what the id says, or nothing. */
const derived = new Set(['subscriptionid', 'resourcegroup', 'tenantid']);

function rawOf(body: JsonObject): JsonObject {
  const raw: JsonObject = {};
  for (const name in body) {
    const value = body[name] ?? null;
    // Resource Graph fills columns that a type does not have; Resource Manager leaves them out.
    if (value === null || value === '' || derived.has(name.toLowerCase())) continue;
    raw[name] = value;
  }
  const clean = withoutSecrets(raw);
  return isObject(clean) ? clean : {};
}

function resourceOf(
  body: JsonObject,
  arm: ArmId,
  { tenant, region, type }: Inherited & { readonly type: AzureType },
): ResourceFact {
  const described = type.describe(body);
  const own = regionOf(body) ?? region;
  return {
    id: arm.id,
    cloud: 'azure',
    kind: kindOfType(arm.type),
    category: type.category,
    name: described.name ?? textAt(body, 'name') ?? arm.name,
    nativeId: textAt(body, 'id') ?? arm.id,
    scopeId: scopeOf(arm, tenant),
    region: own,
    zone: zoneOf(body, own),
    state: described.state ?? textAt(body, 'properties.provisioningState') ?? null,
    createdAt: createdAt(body),
    public: described.public ?? null,
    cidr: described.cidr ?? null,
    ip: described.ip ?? null,
    tags: tagsOf(body),
    raw: rawOf(body),
  };
}

/** Bodies say `West US` where Resource Graph says `westus`; null where they say nothing. */
function regionOf(body: JsonObject): string | null {
  const location = textAt(body, 'location');
  return location === undefined ? null : location.toLowerCase().replaceAll(/[^a-z0-9]/gu, '') || null;
}

/** A single zone; what spreads over several is in none. */
function zoneOf(body: JsonObject, region: string): string | null {
  const zones = valuesAt(body, 'zones[]').filter((zone) => typeof zone === 'string' || typeof zone === 'number');
  const [zone, second] = zones.length > 0 ? zones : [textAt(body, 'properties.availabilityZone')];
  return zone === undefined || zone === '' || second !== undefined ? null : `${region}-${zone}`;
}

const creationPaths = [
  'systemData.createdAt',
  'properties.timeCreated',
  'properties.creationTime',
  'properties.creationDate',
  'properties.createdAt',
  'properties.createdOn',
];

function createdAt(body: JsonObject): number | null {
  const time = Date.parse(firstTextAt(body, creationPaths) ?? '');
  return Number.isNaN(time) ? null : time;
}

function tagsOf(body: JsonObject): Record<string, string> {
  const tags = body['tags'];
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => {
      if (value === null || typeof value === 'object') return value === null ? [[key, '']] : [];
      return [[key, String(value)]];
    }),
  );
}
