import { categorySchema, cloudSchema, type GraphView, type GraphViewNode } from '#shared/model/index.ts';

/** Collects the nodes and relationships among the values of a result, also inside paths and lists. */
export interface Drawing {
  note(value: unknown): void;
  /** Null when there were none. */
  finish(): GraphView | null;
}

/** Nodes drawn at most; the rest is counted as hidden. */
const mostNodes = 5000;

const anyCategory = categorySchema.catch('other');
const anyCloud = cloudSchema.catch('other');

type Entity = Readonly<Record<string, unknown>>;

/** The address of a row inside the database; good for one graph file only. */
function addressOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('table' in value) || !('offset' in value)) return null;
  return `${String(value.table)}:${String(value.offset)}`;
}

function text(entity: Entity, column: string): string {
  const value = entity[column];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A node of any table as the drawing shows it: a resource as everywhere, others under their table's name. */
function nodeOf(entity: Entity): GraphViewNode {
  const table = text(entity, '_label');
  const isResource = table === 'Resource';
  const id = text(entity, 'id');
  return {
    id,
    label: text(entity, 'name') || (isResource ? text(entity, 'native_id') : '') || id,
    group: false,
    count: 1,
    category: isResource ? anyCategory.parse(entity['category']) : 'other',
    kind: isResource ? text(entity, 'kind') : table,
    cloud: anyCloud.parse(entity['cloud']),
    scopeId: text(entity, 'scope_id'),
    region: text(entity, 'region'),
    managed: false,
    stale: entity['stale'] === true,
    isStub: entity['is_stub'] === true,
  };
}

export function createDrawing(): Drawing {
  const nodes = new Map<string, GraphViewNode>();
  const relationships = new Map<string, { readonly from: string; readonly to: string; readonly type: string }>();
  let hidden = 0;
  const left = new Set<string>();

  function noteEntity(entity: Entity, address: string): void {
    const [from, to] = [addressOf(entity['_src']), addressOf(entity['_dst'])];
    if (from !== null && to !== null) relationships.set(address, { from, to, type: text(entity, '_label') });
    else if (nodes.has(address) || left.has(address)) return;
    else if (nodes.size < mostNodes) nodes.set(address, nodeOf(entity));
    else {
      left.add(address);
      hidden += 1;
    }
  }

  function note(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) note(item);
      return;
    }
    const entity = value as Entity;
    const address = addressOf(entity['_id']);
    if (address !== null && typeof entity['_label'] === 'string') noteEntity(entity, address);
    else if (!(value instanceof Date)) for (const item of Object.values(entity)) note(item);
  }

  return {
    note,
    finish() {
      if (nodes.size === 0) return null;
      const counted = new Map<string, GraphView['edges'][number]>();
      for (const { from, to, type } of relationships.values()) {
        // An end that the query does not answer has no name here.
        const ends = { from: nodes.get(from)?.id, to: nodes.get(to)?.id };
        if (ends.from === undefined || ends.to === undefined) continue;
        const key = `${from} ${to} ${type}`;
        const known = counted.get(key);
        if (known === undefined) counted.set(key, { from: ends.from, to: ends.to, type, count: 1 });
        else known.count += 1;
      }
      return { nodes: [...nodes.values()], edges: [...counted.values()], hidden };
    },
  };
}
