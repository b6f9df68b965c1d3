import type { JsonObject } from '#shared/base/json.ts';
import type { Category, RelationshipFact, RelationshipType, ResourceFact } from '#shared/model/index.ts';
import { canonicalId } from '../../../canonical-id.ts';
import { EdgeList } from '../../../edge-list.ts';
import type { GcpAsset } from './asset.ts';
import { BodyReader } from './body-reader.ts';
import { commonDetails } from './common-details.ts';
import type { GcpDirectory } from './directory.ts';
import { kindOfType } from './gcp-type.ts';
import { lastStep, locationIn, regionAndZone, relativeName } from './names.ts';
import { redactBody } from './redact.ts';
import { References } from './references.ts';
import { scopeOf } from './scopes.ts';

type Details = Partial<Pick<ResourceFact, 'name' | 'state' | 'createdAt' | 'public' | 'cidr' | 'ip' | 'tags'>>;

interface EdgeEnd {
  readonly field: string;
  readonly properties?: JsonObject;
}

/** A resource under construction: what every body tells is read here, the converters of types add the rest. */
export class AssetDraft {
  readonly asset: GcpAsset;
  readonly id: string;
  readonly body: BodyReader;
  /** Resolves what the body calls other resources by. */
  readonly refs: References;
  readonly scopeId: string;
  readonly region: string;
  readonly zone: string | null;
  readonly #edges: EdgeList;
  readonly #details: Details;

  constructor(asset: GcpAsset, directory: GcpDirectory) {
    this.asset = asset;
    this.id = canonicalId({ cloud: 'gcp', name: directory.canonical(asset.name) });
    this.body = new BodyReader(asset.data ?? {});
    this.scopeId = scopeOf(asset, directory).id;
    const { region, zone } = regionAndZone(asset.location ?? locationIn(this.id) ?? 'global');
    this.region = region;
    this.zone = zone;
    this.refs = new References(this.id, { directory, region });
    this.#edges = new EdgeList(this.id, asset.type);
    this.#details = commonDetails(asset.data ?? {});
  }

  get relationships(): readonly RelationshipFact[] {
    return this.#edges.edges;
  }

  /** Fields of another form than documented: what they say is not in the relationships. */
  get problems(): readonly string[] {
    return this.body.problems;
  }

  /** Says what this type's body tells in words of its own; undefined leaves what the common ones told. */
  tell(details: { readonly [Name in keyof Details]: Details[Name] | undefined }): this {
    for (const [name, value] of Object.entries(details)) {
      if (value !== undefined) Object.assign(this.#details, { [name]: value });
    }
    return this;
  }

  /** Adds an edge to `to`; without an end there is none. */
  to(type: RelationshipType, to: string | undefined, edge: EdgeEnd): this {
    this.#edges.to(type, { to, ...edge });
    return this;
  }

  /** Adds an edge from `from` to this resource. */
  from(type: RelationshipType, from: string | undefined, edge: EdgeEnd): this {
    this.#edges.from(type, { from, ...edge });
    return this;
  }

  resource(category: Category): ResourceFact {
    const { name, state, createdAt, public: isPublic, cidr, ip, tags } = this.#details;
    return {
      id: this.id,
      cloud: 'gcp',
      kind: kindOfType(this.asset.type),
      category,
      name: name ?? lastStep(this.id),
      nativeId: relativeName(this.id),
      scopeId: this.scopeId,
      region: this.region,
      zone: this.zone,
      state: state ?? null,
      createdAt: createdAt ?? null,
      public: isPublic ?? null,
      cidr: cidr ?? null,
      ip: ip ?? null,
      tags: tags ?? {},
      raw: redactBody(this.asset.data ?? {}),
    };
  }
}
