import { relationshipTypeSchema, type BlastRadius, type RelationshipType } from '#shared/model/index.ts';
import { count, text, type Row } from './cells.ts';
import { relationshipWords, typesWithDependent } from './dependencies.ts';
import type { GraphAccess } from './graph-access.ts';
import { relationshipCounts } from './graph-words.ts';
import { managedResources } from './managed.ts';

export interface AffectedInput {
  /** Canonical ids, or native ids: every resource that carries one is taken. */
  readonly ids: readonly string[];
  /** How far to walk. Default 3. */
  readonly hops?: number;
  /** Resources told at most; `truncated` says when there are more. Default 2000. */
  readonly limit?: number;
  /** `dependents`: what feels a change of the given (the default). `both`: also what the given themselves rest on. */
  readonly direction?: 'dependents' | 'both';
}

export interface Affected {
  readonly affected: BlastRadius['affected'];
  /** Given ids that are not in the graph. */
  readonly unknown: readonly string[];
  readonly truncated: boolean;
}

/**
 * A node on the way. `at` is its position in the table: a list of positions is searched ten times faster than a list
 * of ids, and the key's index serves single values only.
 */
interface Found {
  readonly id: string;
  readonly at: number;
  readonly name: string;
}

/** One step of the walk: a resource reached over a relationship. */
interface Step extends Found {
  readonly kind: string;
  /** Position of the resource it was reached from. */
  readonly via: number;
  readonly type: RelationshipType;
  /** At which end of the relationship the reached resource stands. */
  readonly end: 'from' | 'to';
}

const positionsAtOnce = 300;

function toFound(row: Row): Found {
  const name = text(row, 'name');
  return { id: text(row, 'id'), at: count(row, 'at'), name: name === '' ? text(row, 'native') : name };
}

async function findStarts(graph: GraphAccess, ids: readonly string[]): Promise<readonly (Found & { asked: string })[]> {
  const wanted = { ids: [...new Set(ids)] };
  if (wanted.ids.length === 0) return [];
  const columns = 'asked, r.id AS id, offset(id(r)) AS at, r.name AS name, r.native_id AS native';
  const [full, native] = await Promise.all([
    graph.rows(`UNWIND $ids AS asked MATCH (r:Resource {id: asked}) RETURN ${columns}`, wanted),
    graph.rows(`UNWIND $ids AS asked MATCH (r:Resource) WHERE r.native_id = asked RETURN ${columns}`, wanted),
  ]);
  return [...full, ...native].map((row) => ({ ...toFound(row), asked: text(row, 'asked') }));
}

/** Everything one step away from the frontier over the given types; `end` is where the reached resource stands. */
async function stepFrom(
  graph: GraphAccess,
  frontier: readonly number[],
  { types, end }: { readonly types: readonly RelationshipType[]; readonly end: 'from' | 'to' },
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  if (types.length === 0) return steps;
  const [left, right] = end === 'from' ? ['<-', '-'] : ['-', '->'];
  for (let start = 0; start < frontier.length; start += positionsAtOnce) {
    const rows = await graph.rows(
      `MATCH (n:Resource)${left}[e:${types.join('|')}]${right}(r:Resource) WHERE offset(id(n)) IN $near
       RETURN offset(id(n)) AS via, label(e) AS type, r.id AS id, offset(id(r)) AS at, r.kind AS kind,
       r.name AS name, r.native_id AS native ORDER BY id, type, via`,
      { near: frontier.slice(start, start + positionsAtOnce) },
    );
    for (const row of rows) {
      const type = relationshipTypeSchema.parse(row['type']);
      steps.push({ ...toFound(row), kind: text(row, 'kind'), via: count(row, 'via'), type, end });
    }
  }
  return steps;
}

/**
 * The existing resources a change of the given ones reaches, nearest first: breadth-first over the relationships in
 * the direction of dependence, so a changed machine does not affect its network, but a changed network its machines.
 */
export async function readAffected(graph: GraphAccess, input: AffectedInput): Promise<Affected> {
  const { hops = 3, limit = 2000, direction = 'dependents' } = input;
  const starts = await findStarts(graph, input.ids);
  const managed = await managedResources(graph);
  const present = [...(await relationshipCounts(graph)).keys()].map((type) => relationshipTypeSchema.parse(type));
  const names = new Map(starts.map(({ at, name }) => [at, name]));
  const paths = new Map<number, readonly string[]>(starts.map(({ at }) => [at, []]));
  const affected: BlastRadius['affected'] = [];
  let truncated = false;
  let frontier = [...paths.keys()];
  for (let distance = 1; distance <= hops && frontier.length > 0 && !truncated; distance += 1) {
    const steps: Step[] = [];
    for (const end of ['from', 'to'] as const) {
      const types = direction === 'both' ? present : typesWithDependent(end, present);
      steps.push(...(await stepFrom(graph, frontier, { types, end })));
    }
    frontier = [];
    for (const step of steps) {
      if (paths.has(step.at)) continue;
      if (affected.length >= limit) {
        truncated = true;
        break;
      }
      const path = [...(paths.get(step.via) ?? []), step.type];
      paths.set(step.at, path);
      names.set(step.at, step.name);
      frontier.push(step.at);
      affected.push({
        id: step.id,
        kind: step.kind,
        name: step.name,
        managedBy: managed.get(step.id)?.environment ?? null,
        hops: distance,
        path,
        because: `${step.name} ${relationshipWords(step.type, step.end)} ${names.get(step.via) ?? 'it'}`,
      });
    }
  }
  const found = new Set(starts.map(({ asked }) => asked));
  return { affected, unknown: input.ids.filter((id) => !found.has(id)), truncated };
}
