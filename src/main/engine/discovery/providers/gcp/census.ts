import type { ScopeFact } from '#shared/model/index.ts';
import type { CellFailure } from '../../step.ts';
import { UnreadableAssetError } from './assets/asset.ts';
import { scopeNamed } from './assets/scopes.ts';
import type { CallPlace } from './calls/errors.ts';
import { classifyGcpError } from './calls/errors.ts';
import type { InventoryCaller } from './calls/inventory-caller.ts';
import { GcpConverter } from './converter.ts';
import { resourcePermission } from './gcp-step.ts';

/** What has to be known before anything is read: the tree, and who is who. */
const censusTypes = [
  'cloudresourcemanager.googleapis.com/Organization',
  'cloudresourcemanager.googleapis.com/Folder',
  'cloudresourcemanager.googleapis.com/Project',
  'iam.googleapis.com/ServiceAccount',
];

/** A scope that was asked for, with what lies beneath it. */
export interface AskedScope {
  /** As it was asked for: `organizations/6001`. */
  readonly name: string;
  readonly scope: ScopeFact;
  /** The scope itself and every one beneath it. */
  readonly members: readonly ScopeFact[];
}

/** A scope that cannot be looked at. */
export interface LostScope {
  readonly scope: ScopeFact;
  readonly failure: CellFailure;
  readonly thrown: unknown;
}

export interface Census {
  readonly asked: readonly AskedScope[];
  readonly lost: readonly LostScope[];
  /** The tree, the scopes above those that were asked for included. */
  readonly scopes: readonly ScopeFact[];
  /** Taught with everything the census read; converters of the listings start with its directory. */
  readonly converter: GcpConverter;
}

export interface CensusOptions {
  readonly caller: InventoryCaller;
  readonly scopes: readonly string[];
  readonly at: number | null;
  readonly placeOf: (scope: string, permission: string) => CallPlace;
  readonly signal: AbortSignal;
}

/**
 * Finds out which projects and folders there are beneath the scopes that were asked for: one call for a thousand of
 * them. A scope that fails is told; the others go on.
 */
export async function takeCensus(options: CensusOptions): Promise<Census> {
  const converter = new GcpConverter();
  const read = await Promise.all(options.scopes.map((name) => readScope(name, converter, options)));
  const tree = new Map(converter.scopes().map((scope) => [scope.id, scope]));
  const factOf = (name: string): ScopeFact => {
    const scope = scopeNamed(name, converter.directory);
    if (scope === null) throw new RangeError(`${name} is no scope of Google Cloud.`);
    return tree.get(scope.id) ?? { ...scope, cloud: 'gcp', name: scope.nativeId, parentId: null };
  };
  const entered = read.filter(({ thrown }) => thrown === null).map(({ name }) => ({ name, scope: factOf(name) }));
  const lineOf = (id: string): readonly string[] => lineAbove(id, tree);
  const lost = read.flatMap(({ name, thrown }) => {
    const scope = factOf(name);
    // Closed when asked for by itself, but listed with the one above: a cell is not closed and complete in one run.
    if (thrown === null || entered.some((other) => lineOf(scope.id).includes(other.scope.id))) return [];
    return [{ scope, failure: classifyGcpError(thrown, options.placeOf(name, resourcePermission)), thrown }];
  });
  const asked = entered
    // What lies beneath another one that was asked for is listed with it.
    .filter(
      ({ scope }) => !entered.some((other) => other.scope.id !== scope.id && lineOf(scope.id).includes(other.scope.id)),
    )
    .map(({ name, scope }) => {
      const beneath = [...tree.values()].filter(({ id }) => id !== scope.id && lineOf(id).includes(scope.id));
      return { name, scope, members: [scope, ...beneath] };
    });
  return { asked, lost, scopes: [...tree.values()], converter };
}

interface ReadScope {
  readonly name: string;
  /** Null when all of it was read. */
  readonly thrown: unknown;
}

async function readScope(name: string, converter: GcpConverter, options: CensusOptions): Promise<ReadScope> {
  const { caller, at, signal } = options;
  try {
    for await (const { assets } of caller.pages(
      { parent: name, content: 'RESOURCE', assetTypes: censusTypes, at },
      signal,
    )) {
      for (const asset of assets) learn(converter, asset);
    }
    return { name, thrown: null };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { name, thrown };
  }
}

/** What cannot be read here is met again in the listing, which tells it. */
function learn(converter: GcpConverter, asset: unknown): void {
  try {
    converter.convert(asset);
  } catch (error) {
    if (!(error instanceof UnreadableAssetError)) throw error;
  }
}

/** A scope's own id and those above it, as far as they are known. */
export function lineAbove(id: string, tree: ReadonlyMap<string, ScopeFact>): readonly string[] {
  const line = new Set<string>();
  for (let at: string | null = id; at !== null && !line.has(at); at = tree.get(at)?.parentId ?? null) line.add(at);
  return [...line];
}
