import { jsonObjectSchema, type JsonObject } from '#shared/base/json.ts';
import type { GraphShape } from '#engine/ports/index.ts';
import type { RelationshipFact, RelationshipRow } from '#shared/model/index.ts';
import { codedAt, compareTexts, textAt } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readNameRanks } from './orders.ts';
import { addressReference } from '../schema/references.ts';
import { nodeAt, readTopology, typeAt } from './topology.ts';

/** Relationships told of one resource, per direction and kind of end: a hub has tens of thousands, which no list needs. */
const relationshipsShown = 2000;

function sourceAt({ relationships: { details, detail } }: GraphShape, edge: number): string {
  return codedAt(details.sources, detail[edge] ?? 0);
}

/** What the facts say of a relationship beyond its ends. */
export function propertiesAt({ relationships: { details, detail } }: GraphShape, edge: number): JsonObject {
  const json = textAt(details.properties, detail[edge] ?? 0);
  return json === '{}' ? {} : jsonObjectSchema.parse(JSON.parse(json));
}

export function relationshipFactAt(shape: GraphShape, edge: number): RelationshipFact {
  const { from, to, details, detail } = shape.relationships;
  return {
    type: typeAt(shape, edge),
    from: textAt(shape.ids, from[edge] ?? 0),
    to: textAt(shape.ids, to[edge] ?? 0),
    source: sourceAt(shape, edge),
    confidence: details.confidences[detail[edge] ?? 0] ?? 1,
    properties: propertiesAt(shape, edge),
  };
}

function otherEnd(shape: GraphShape, position: number): RelationshipRow['other'] {
  if (position >= shape.resources) {
    const id = textAt(shape.ids, position);
    const kind = `address.${addressReference(id)?.kind ?? 'ip'}`;
    return { id, kind, name: textAt(shape.names, position), region: '', isStub: false };
  }
  const { id, kind, region, isStub } = nodeAt(shape, position);
  return { id, kind, name: textAt(shape.names, position), region, isStub };
}

/** A relationship of the resource with the node at its other end. */
interface Link {
  readonly edge: number;
  readonly other: number;
}

/** The first links of a list ordered by type, kind, name and id: only as many as are shown get sorted by name. */
function firstLinks(shape: GraphShape, links: readonly Link[], nameRanks: Uint32Array): readonly Link[] {
  const groups = Map.groupBy(links, ({ edge, other }) => `${typeAt(shape, edge)}\n${codedAt(shape.kinds, other)}`);
  const shown: Link[] = [];
  for (const [, group] of [...groups].sort(([left], [right]) => compareTexts(left, right))) {
    if (shown.length >= relationshipsShown) break;
    group.sort((left, right) => (nameRanks[left.other] ?? left.other) - (nameRanks[right.other] ?? right.other));
    shown.push(...group.slice(0, relationshipsShown - shown.length));
  }
  return shown;
}

/** The relationships of one resource: to resources, from resources, to addresses, from addresses. */
export async function readRelationships(graph: GraphAccess, position: number): Promise<RelationshipRow[]> {
  const [{ shape, leaving, arriving }, nameRanks] = await Promise.all([readTopology(graph), readNameRanks(graph)]);
  const { from, to } = shape.relationships;
  const out: Link[] = [];
  const into: Link[] = [];
  for (let edge = leaving[position] ?? 0; edge < (leaving[position + 1] ?? 0); edge += 1) {
    out.push({ edge, other: to[edge] ?? 0 });
  }
  for (let place = arriving.starts[position] ?? 0; place < (arriving.starts[position + 1] ?? 0); place += 1) {
    const edge = arriving.order[place] ?? 0;
    into.push({ edge, other: from[edge] ?? 0 });
  }
  const isAddress = ({ other }: Link): boolean => other >= shape.resources;
  const rows = (direction: 'out' | 'in', links: readonly Link[]): RelationshipRow[] =>
    firstLinks(shape, links, nameRanks).map(({ edge, other }) => ({
      type: typeAt(shape, edge),
      direction,
      source: sourceAt(shape, edge),
      properties: propertiesAt(shape, edge),
      other: otherEnd(shape, other),
    }));
  return [
    ...rows(
      'out',
      out.filter((link) => !isAddress(link)),
    ),
    ...rows(
      'in',
      into.filter((link) => !isAddress(link)),
    ),
    ...rows('out', out.filter(isAddress)),
    ...rows('in', into.filter(isAddress)),
  ];
}
