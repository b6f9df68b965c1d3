import type { CsvTable } from '#shared/base/csv.ts';
import type { Json } from '#shared/base/json.ts';
import type {
  ChainLink,
  Dependents,
  ExposureAnswer,
  NamedResource,
  Overlaps,
  Paths,
  Uses,
} from '#shared/model/index.ts';

// Answers as tables, for files: one row for each resource that is told.

const resourceColumns = ['kind', 'name', 'scope', 'region', 'id'];

function resourceCells({ kind, name, scopeId, region, id }: NamedResource): Record<string, Json> {
  return { kind, name, scope: scopeId, region, id };
}

function chainText(chain: readonly ChainLink[]): string {
  return chain.map(({ words, type }) => `${words} (${type})`).join('; ');
}

export function tableOfDependents({ affected }: Pick<Dependents, 'affected'>): CsvTable {
  return {
    columns: ['hops', ...resourceColumns, 'managed by', 'because'],
    rows: affected.map((one) => ({
      hops: one.hops,
      ...resourceCells(one),
      'managed by': one.managedBy,
      because: chainText(one.chain),
    })),
  };
}

export function tableOfUses({ users }: Pick<Uses, 'users'>): CsvTable {
  return {
    columns: [...resourceColumns, 'managed by', 'how'],
    rows: users.map((one) => ({ ...resourceCells(one), 'managed by': one.managedBy, how: chainText(one.chain) })),
  };
}

/** One row for each way in, or for the resource where there is none. */
export function tableOfExposure({ resources }: Pick<ExposureAnswer, 'resources'>): CsvTable {
  return {
    columns: ['verdict', ...resourceColumns, 'ports', 'because', 'not weighed'],
    rows: resources.flatMap((one) => {
      const ways = one.ways.length === 0 ? [{ ports: [], evidence: one.evidence, notWeighed: [] }] : one.ways;
      return ways.map(({ ports, evidence, notWeighed }) => ({
        verdict: one.verdict,
        ...resourceCells(one),
        ports: ports === null ? 'not told by the map' : ports.join(' '),
        because: evidence.map(({ text }) => text).join('; '),
        'not weighed': notWeighed.map(({ text }) => text).join('; '),
      }));
    }),
  };
}

export function tableOfPaths({ paths }: Pick<Paths, 'paths'>): CsvTable {
  return {
    columns: ['way', 'step', 'relationship', 'words', ...resourceColumns],
    rows: paths.flatMap((path, way) =>
      path.map((link, step) => ({
        way: way + 1,
        step: step + 1,
        relationship: link.type,
        words: link.words,
        ...resourceCells(link),
      })),
    ),
  };
}

export function tableOfOverlaps({ groups }: Pick<Overlaps, 'groups'>): CsvTable {
  return {
    columns: ['shared range', 'range', ...resourceColumns],
    rows: groups.flatMap((group) =>
      group.networks.map((network) => ({
        'shared range': group.cidr,
        range: network.cidr,
        ...resourceCells(network),
      })),
    ),
  };
}
