import type { RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';
import { type GcpAsset, readAsset, UnreadableAssetError } from './assets/asset.ts';
import { AssetDraft } from './assets/asset-draft.ts';
import { isObject } from './assets/body-reader.ts';
import { GcpDirectory } from './assets/directory.ts';
import { chainOf, scopeFactOf } from './assets/scopes.ts';
import { FirewallMembers } from './compute-firewall/members.ts';
import { convertPolicy } from './iam/convert.ts';
import { cellKindOf, readingOf } from './steps.ts';

/** Facts that belong to one cell of the ledger. */
export interface GcpFacts {
  readonly scopeId: string;
  readonly region: string;
  /** The cell's kind: that of the resource, or `gcp.other` for types on nobody's list. */
  readonly kind: string;
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** What could not be read of it, each in a sentence that names it. The rest was read. */
  readonly problems: readonly string[];
}

/**
 * Turns assets of Google's inventory into facts, wherever they came from. Assets tell of each other (projects go by
 * number or id, firewall rules name machines by tag), so one converter takes all assets of a listing or a file:
 * `learn` first, where a first pass is possible, then `convert` each, then `join` and `scopes` at the end.
 */
export class GcpConverter {
  readonly directory: GcpDirectory;
  readonly #members = new FirewallMembers();
  readonly #scopes = new Map<string, ScopeFact>();

  constructor(directory: GcpDirectory = new GcpDirectory()) {
    this.directory = directory;
  }

  /** Reads one asset and takes what it tells of projects and accounts. Throws `UnreadableAssetError`. */
  learn(value: unknown): GcpAsset {
    const asset = readAsset(value);
    this.directory.learn(asset);
    return asset;
  }

  /** True for an asset of a project that goes by its number alone so far: what comes further on may tell its id. */
  isOfUnknownProject(asset: unknown): boolean {
    const ancestors = isObject(asset) ? asset['ancestors'] : null;
    const nearest: unknown = Array.isArray(ancestors) ? ancestors[0] : null;
    const number = typeof nearest === 'string' ? /^projects\/(\d+)$/.exec(nearest)?.[1] : undefined;
    return number !== undefined && this.directory.projectId(number) === number;
  }

  /**
   * The facts of one asset: its resource where the body is there, its policy where that is there, each for its own
   * cell. Throws `UnreadableAssetError` naming an asset that cannot be used at all; no other input makes it throw.
   */
  convert(value: unknown): readonly GcpFacts[] {
    const asset = this.learn(value);
    try {
      return this.#factsOf(asset);
    } catch (error) {
      // A body nested so deeply that it cannot be walked, for instance. It is named like what cannot be read.
      throw new UnreadableAssetError(`${asset.name} cannot be converted: ${String(error)}`, { cause: error });
    }
  }

  #factsOf(asset: GcpAsset): readonly GcpFacts[] {
    const draft = new AssetDraft(asset, this.directory);
    this.#learnScopes(asset);
    const facts: GcpFacts[] = [];
    // An asset with no content at all was listed by name alone: the resource is there.
    const isNameAlone = asset.iamPolicy === null && asset.unreadContent.length === 0;
    if (asset.data !== null || isNameAlone) facts.push(this.#resourceOf(draft));
    if (asset.iamPolicy !== null) {
      const { resource, relationships, problems } = convertPolicy(draft, asset.iamPolicy, this.directory);
      facts.push(placed(draft, resource.kind, { resources: [resource], relationships, problems }));
    }
    if (facts.length === 0) {
      const problems = [`only ${asset.unreadContent.join(', ')} was listed, which is not read`];
      facts.push(placed(draft, cellKindOf(asset.type), { resources: [], relationships: [], problems }));
    }
    return facts;
  }

  #resourceOf(draft: AssetDraft): GcpFacts {
    const { category, convert } = readingOf(draft.asset.type);
    if (draft.asset.data !== null) {
      convert?.(draft);
      this.#members.take(draft);
    }
    const resource = draft.resource(category);
    return placed(draft, cellKindOf(draft.asset.type), {
      resources: [resource],
      relationships: draft.relationships,
      problems: draft.problems,
    });
  }

  /** Relationships that only all assets together tell, each for the cell of the resource that said it. */
  join(): readonly GcpFacts[] {
    return this.#members
      .join()
      .map(({ draft, relationships }) =>
        placed(draft, cellKindOf(draft.asset.type), { resources: [], relationships, problems: [] }),
      );
  }

  /** The tree above everything converted so far; scopes that were only named go by their number or id. */
  scopes(): readonly ScopeFact[] {
    return [...this.#scopes.values()];
  }

  #learnScopes(asset: GcpAsset): void {
    const own = scopeFactOf(asset, this.directory);
    if (own !== null) this.#scopes.set(own.id, own);
    for (const scope of chainOf(asset, this.directory)) {
      if (!this.#scopes.has(scope.id)) this.#scopes.set(scope.id, scope);
    }
  }
}

function placed(
  { id, scopeId, region }: AssetDraft,
  kind: string,
  facts: Pick<GcpFacts, 'resources' | 'relationships'> & { readonly problems: readonly string[] },
): GcpFacts {
  const problems = [...new Set(facts.problems)].map((problem) => `${id}: ${problem}`);
  return { scopeId, region, kind, ...facts, problems };
}
