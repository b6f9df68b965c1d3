import type {
  CoverageStatus,
  RelationshipFact,
  RelationshipType,
  ResourceFact,
  Run,
  ScopeFact,
} from '#shared/model/index.ts';
import type { FactStore } from '#engine/ports/index.ts';

/** One cell of a hand-written run. */
export interface SmallCell {
  readonly scope: string;
  readonly region?: string;
  readonly kind: string;
  readonly status?: CoverageStatus;
  readonly capturedAt?: number;
  readonly resources?: readonly ResourceFact[];
  readonly relationships?: readonly RelationshipFact[];
}

/** A scope of the kind an AWS account is. */
export function account(nativeId: string, name: string, parentId: string | null = null): ScopeFact {
  return { id: `aws:account:${nativeId}`, cloud: 'aws', kind: 'account', name, nativeId, parentId };
}

type Given = Partial<ResourceFact> & Pick<ResourceFact, 'id' | 'kind'>;

/** A resource with everything that is not given left empty. */
export function resource(given: Given): ResourceFact {
  const nativeId = given.nativeId ?? given.id.split('/').at(-1) ?? given.id;
  return {
    cloud: 'aws',
    category: 'other',
    name: nativeId,
    nativeId,
    scopeId: 'aws:account:111111111111',
    region: 'eu-west-1',
    zone: null,
    state: null,
    createdAt: null,
    public: null,
    cidr: null,
    ip: null,
    tags: {},
    raw: { Id: nativeId },
    ...given,
  };
}

export function relationship(
  from: string,
  type: RelationshipType,
  to: string,
  properties: RelationshipFact['properties'] = {},
): RelationshipFact {
  return { type, from, to, source: 'Test', confidence: 1, properties };
}

/** Writes one run of the given cells. */
export async function writeRun(
  store: FactStore,
  cells: readonly SmallCell[],
  scopes: readonly ScopeFact[] = [],
): Promise<Run> {
  const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
  await writer.scopes(scopes);
  for (const { scope, region = 'eu-west-1', kind, status = 'complete', ...cell } of cells) {
    const { resources = [], relationships = [], capturedAt } = cell;
    const key = { scope, region, kind };
    if (resources.length + relationships.length > 0) await writer.page(key, { resources, relationships });
    const counts = { pages: 1, rows: resources.length };
    const error = status === 'complete' ? null : `told as ${status}`;
    const time = capturedAt === undefined ? {} : { capturedAt };
    await writer.finishCell({ ...key, status, ...counts, error, permission: null, ...time });
  }
  return writer.finish({ status: 'complete', error: null });
}
