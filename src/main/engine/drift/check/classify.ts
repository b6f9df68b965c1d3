import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { pathText } from '#shared/base/path-text.ts';
import type { DriftItem } from '#shared/model/index.ts';
import { canonicalJson, type PlanDocument } from '../../planner/index.ts';
import { configuredAttributes } from './configuration.ts';
import { differencesOf, isMarked, type Difference } from './differences.ts';
import { isObject, normalForm } from './normal-form.ts';
import { isAccountedFor, isEcho, type RunningResource } from './satellites.ts';
import type { Shape } from './shape.ts';

/** A difference as it is shown, with what deciding on it needs to know. */
export interface FoundItem {
  readonly item: DriftItem;
  /** ARN as the state has it, for finding the resource in the graph. */
  readonly arn: string | null;
  /** True when a deployment would put all of it back; false where the code says nothing about an attribute. */
  readonly revertible: boolean;
}

/** Everything the two sides of one step's drift are read from. */
export interface NodeReading {
  readonly environment: string;
  readonly node: string;
  /**
   * A normal plan: `resource_drift` says what moved in the cloud, `resource_changes` what the code asks for. From a
   * refresh-only plan, which has no changes, the code is taken to want what was deployed.
   */
  readonly plan: PlanDocument;
  readonly codeRead: boolean;
  readonly shapeOf: (provider: string, type: string) => Shape;
  /** Whether the code says to ignore changes of an attribute (`ignore_changes`). */
  readonly isIgnored: (address: string, attribute: string) => boolean;
  /** Every managed resource of the environment, of other steps too. */
  readonly running: readonly RunningResource[];
  /** Texts that must not be shown wherever they stand. */
  readonly secrets: readonly string[];
}

type Planned = PlanDocument['resource_drift'][number];

/** Kept by the tool for itself, or repeating another attribute. */
const bookkeeping = new Set(['id', 'timeouts', 'tags_all']);

/** The differences of one step, by address. */
export function classify(reading: NodeReading): FoundItem[] {
  const drift = new Map(managed(reading.plan.resource_drift).map((entry) => [entry.address, entry]));
  const changes = new Map(managed(reading.plan.resource_changes).map((entry) => [entry.address, entry]));
  const configured = configuredAttributes(reading.plan.configuration);
  return [...new Set([...drift.keys(), ...changes.keys()])].sort().flatMap((address) => {
    const moved = drift.get(address);
    const asked = changes.get(address);
    const any = asked ?? moved;
    if (any === undefined) return [];
    const found = resourceItem({ reading, any, moved, asked, configured: configured(address) });
    return found === null ? [] : [found];
  });
}

function managed(resources: readonly Planned[]): readonly Planned[] {
  return resources.filter((resource) => resource.mode === 'managed');
}

interface ResourceReading {
  readonly reading: NodeReading;
  readonly any: Planned;
  readonly moved: Planned | undefined;
  readonly asked: Planned | undefined;
  readonly configured: ReadonlySet<string>;
}

function resourceItem(resource: ResourceReading): FoundItem | null {
  const { moved, asked, reading } = resource;
  const isGone = moved?.change.actions.includes('delete') === true;
  const isWanted = asked === undefined ? !reading.codeRead : wants(asked);
  if (isGone) return isWanted ? goneItem(resource) : null;
  if (asked !== undefined && isOnly(asked, 'create')) return newItem(resource, asked);
  if (asked !== undefined && (isOnly(asked, 'delete') || isOnly(asked, 'forget'))) return unwantedItem(resource);
  return changedItem(resource);
}

function wants(planned: Planned): boolean {
  return planned.change.after !== null || planned.change.actions.includes('create');
}

function isOnly(planned: Planned, action: string): boolean {
  return planned.change.actions.length === 1 && planned.change.actions[0] === action;
}

/** Deployed and wanted, but gone from the cloud. */
function goneItem(resource: ResourceReading): FoundItem {
  const { change } = resource.moved ?? resource.any;
  const attributes = configuredValues(resource, change.before, change.before_sensitive).map(
    ([path, value, sensitive]) => ({
      path,
      expected: sensitive ? null : value,
      actual: null,
      sensitive,
    }),
  );
  return found(resource, { change: 'deleted', side: 'reality', attributes, revertible: true });
}

/** Wanted by the code and never made. */
function newItem(resource: ResourceReading, asked: Planned): FoundItem {
  const { change } = asked;
  const attributes = configuredValues(resource, change.after, change.after_sensitive).map(
    ([path, value, sensitive]) => ({
      path,
      expected: sensitive ? null : value,
      actual: null,
      sensitive,
    }),
  );
  return found(resource, { change: 'changed', side: 'code', attributes, revertible: true });
}

/** Runs, but the code no longer has it. */
function unwantedItem(resource: ResourceReading): FoundItem {
  return found(resource, { change: 'changed', side: 'code', attributes: [], revertible: true });
}

function changedItem(resource: ResourceReading): FoundItem | null {
  const shape = shapeOf(resource);
  const sides = differencesOf(shape, {
    deployed: resource.moved?.change.before ?? resource.asked?.change.before ?? null,
    actual: resource.moved?.change.after ?? resource.asked?.change.before ?? null,
    wanted: wantedOf(resource),
    unknown: resource.asked?.change.after_unknown ?? false,
    sensitive: [resource.moved, resource.asked].flatMap((planned) =>
      planned === undefined ? [] : [planned.change.before_sensitive, planned.change.after_sensitive],
    ),
  });
  const told = sides
    .map((difference) => ({ difference, side: sideOf(resource, difference) }))
    .flatMap(({ difference, side }) => (side === null ? [] : [{ difference, side }]));
  if (told.length === 0) return null;
  const kinds = new Set(told.map(({ side }) => (side === 'unplanned' ? 'reality' : side)));
  const [only = 'reality'] = kinds;
  return found(resource, {
    change: 'changed',
    // Both the cloud and the code moved this resource: a person decides which one holds.
    side: kinds.size === 1 ? only : 'both',
    attributes: told.map(({ difference }) => shown(resource.reading, difference)),
    revertible: told.every(({ side }) => side !== 'unplanned'),
  });
}

/** What the code wants; where nothing is planned, or nothing could be, what tells the least. */
function wantedOf({ reading, moved, asked }: ResourceReading): Json {
  if (asked !== undefined) return asked.change.after;
  return reading.codeRead ? (moved?.change.after ?? null) : (moved?.change.before ?? null);
}

/** Which side moved; `unplanned` is the cloud, in an attribute the code leaves open. Null for what is no difference. */
function sideOf(resource: ResourceReading, difference: Difference): DriftItem['side'] | 'unplanned' | null {
  const { reading, any, configured } = resource;
  const [root] = difference.path;
  if (typeof root !== 'string' || bookkeeping.has(root)) return null;
  if (reading.isIgnored(any.address, pathText(difference.path))) return null;
  const { moved, asked, kept, known } = difference;
  // Not moved: asked for by the code, or a consequence that is known only after an apply.
  if (!moved) return asked ? 'code' : null;
  if (asked && !kept) return 'both';
  const isSet = configured.has(root);
  if (!isSet && (isEcho(any.type, root) || isAccounted(resource, root, difference))) return null;
  if (asked && (isSet || reading.codeRead)) return 'reality';
  if (isSet) {
    // The code says what runs: it followed the cloud, or the tool sees no difference between the two forms.
    return known ? null : 'reality';
  }
  return difference.onlyZero ? null : 'unplanned';
}

function isAccounted(
  { any, moved, asked, reading }: ResourceReading,
  attribute: string,
  { deployed, actual }: Difference,
): boolean {
  const values = moved?.change.after ?? asked?.change.before ?? null;
  if (!isObject(values)) return false;
  return isAccountedFor({ type: any.type, values, attribute, deployed, actual }, reading.running);
}

function shown(reading: NodeReading, difference: Difference): DriftItem['attributes'][number] {
  const expected = difference.asked ? difference.wanted : difference.deployed;
  const { actual } = difference;
  const sensitive =
    difference.sensitive || [difference.deployed, expected, actual].some((value) => holds(value, reading.secrets));
  return {
    path: pathText(difference.path),
    expected: sensitive ? null : expected,
    actual: sensitive ? null : actual,
    sensitive,
  };
}

/** What the code sets of a resource, for one that exists on one side only. */
function configuredValues(resource: ResourceReading, values: Json, marks: Json): [string, Json, boolean][] {
  const shape = shapeOf(resource);
  if (!isObject(values)) return [];
  return [...resource.configured].sort().flatMap((name): [string, Json, boolean][] => {
    const member = shape.kind === 'object' ? shape.members.get(name) : undefined;
    const value = normalForm(member?.shape ?? { kind: 'unknown' }, values[name] ?? null);
    const mark = isObject(marks) ? (marks[name] ?? false) : marks;
    const sensitive = member?.sensitive === true || isMarked(mark) || holds(value, resource.reading.secrets);
    return value === null && !sensitive ? [] : [[name, value, sensitive]];
  });
}

function shapeOf({ reading, any }: ResourceReading): Shape {
  return reading.shapeOf(any.provider_name, any.type);
}

function found(
  resource: ResourceReading,
  what: Pick<DriftItem, 'change' | 'side' | 'attributes'> & Pick<FoundItem, 'revertible'>,
): FoundItem {
  const { reading, any } = resource;
  const { revertible, ...told } = what;
  const before = (resource.moved ?? any).change.before;
  const key = { environment: reading.environment, node: reading.node, address: any.address, change: told.change };
  return {
    revertible,
    arn: textOf(before, 'arn'),
    item: {
      id: itemId(key),
      ...key,
      type: any.type,
      cloudId: textOf(before, 'id'),
      resourceId: null,
      side: told.side,
      attributes: told.attributes,
      decision: null,
    },
  };
}

/** The same difference has the same id in every check, so that a decision stays with it. */
function itemId(key: Pick<DriftItem, 'environment' | 'node' | 'address' | 'change'>): string {
  const text = canonicalJson([key.environment, key.node, key.address, key.change]);
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}

function textOf(values: Json, name: string): string | null {
  const value = (values as JsonObject | null)?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function holds(value: Json, secrets: readonly string[]): boolean {
  if (secrets.length === 0 || value === null) return false;
  if (typeof value === 'string') return secrets.some((secret) => value.includes(secret));
  if (typeof value === 'object') return Object.values(value).some((inner) => holds(inner, secrets));
  return secrets.includes(String(value));
}
