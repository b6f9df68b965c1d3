import type { ArchivedCell, CellKey, RunWriter } from '#engine/ports/index.ts';
import type { Cloud, RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';
import type { FactSink, TextClosing } from './offline-format.ts';

/** So much of records in memory is written out; as values in memory it is several times that. */
const bytesHeld = 4 * 2 ** 20;
/** So many resources of a cell that states tell are kept back; more come in states that no tool could work with. */
const hearsayHeld = 20_000;

/** A cell of the ledger as the texts of one import fill it. */
interface CollectedCell extends CellKey {
  resources: ResourceFact[];
  relationships: RelationshipFact[];
  /** What states tell; kept back until it is known whether a listing of this run has the last word. */
  hearsay: { resources: ResourceFact[]; relationships: RelationshipFact[] };
  /** What a text says of the cell in full; it counts when no other text tells of it. */
  declared: ArchivedCell | null;
  /** Some of that was written already, so that the cell is no listing alone any more. */
  admitted: boolean;
  pages: number;
  rows: number;
  /** Texts that listed something of it; states do not count. */
  texts: number;
  complete: boolean;
  why: string;
  /** The earliest time of its texts; null while none told one. */
  capturedAt: number | null;
}

/** What one text added. */
export interface TextCounts {
  resources: number;
  relationships: number;
  readonly kinds: Map<string, number>;
  readonly passedOver: Map<string, number>;
  readonly notes: Set<string>;
}

export interface FactCollector {
  /** Begins a text: what its reader adds is counted for it. */
  text(): { readonly facts: FactSink; readonly counts: TextCounts; close(closing: TextClosing): void };
  /** Told of each record's size; writes out what was gathered once it is much. */
  relieve(bytes: number): Promise<void>;
  /** Writes what is left and seals every cell. */
  seal(): Promise<void>;
  readonly clouds: ReadonlySet<Cloud>;
}

/** Gathers facts that come in any order into pages of cells. `known` are the scopes of earlier runs. */
export function createFactCollector(
  writer: Pick<RunWriter, 'page' | 'finishCell' | 'scopes'>,
  known: readonly ScopeFact[],
): FactCollector {
  const cells = new Map<string, CollectedCell>();
  const scopes = new Map(known.map((scope) => [scope.id, scope]));
  const clouds = new Set<Cloud>();
  let newScopes: ScopeFact[] = [];
  let held = 0;

  function cellOf(key: CellKey): CollectedCell {
    const name = `${key.scope}\n${key.region}\n${key.kind}`;
    const found = cells.get(name);
    if (found !== undefined) return found;
    const { scope, region, kind } = key;
    const made = { scope, region, kind, resources: [], relationships: [], pages: 0, rows: 0, texts: 0 };
    const hearsay = { resources: [], relationships: [] };
    const cell: CollectedCell = {
      ...made,
      hearsay,
      declared: null,
      admitted: false,
      complete: false,
      why: '',
      capturedAt: null,
    };
    cells.set(name, cell);
    return cell;
  }

  /** Puts what states tell among the rest; of a cell that a listing has told whole it is left out. */
  function admit(cell: CollectedCell): void {
    const { resources, relationships } = cell.hearsay;
    cell.hearsay = { resources: [], relationships: [] };
    if (cell.complete) return;
    cell.resources.push(...resources);
    cell.relationships.push(...relationships);
    cell.rows += resources.length;
  }

  async function write(cell: CollectedCell): Promise<void> {
    const { scope, region, kind, resources, relationships } = cell;
    if (resources.length + relationships.length === 0) return;
    cell.resources = [];
    cell.relationships = [];
    cell.pages += 1;
    await writer.page({ scope, region, kind }, { resources, relationships });
  }

  async function writeScopes(): Promise<void> {
    const written = newScopes;
    newScopes = [];
    if (written.length > 0) await writer.scopes(written);
  }

  return {
    clouds,
    text() {
      const counts: TextCounts = {
        resources: 0,
        relationships: 0,
        kinds: new Map(),
        passedOver: new Map(),
        notes: new Set(),
      };
      const touched = new Set<CollectedCell>();
      const told = new Set<CollectedCell>();
      const facts: FactSink = {
        scope(scope) {
          const before = scopes.get(scope.id);
          // An export often knows a scope by its number alone; a name that is known already says more.
          const saysMore = before === undefined || (scope.name !== scope.nativeId && before.name !== scope.name);
          if (!saysMore && (scope.number === undefined || before.number !== undefined)) return;
          const told = saysMore ? scope : { ...before, number: scope.number };
          scopes.set(scope.id, told);
          newScopes.push(told);
        },
        add(key, { resources, relationships, secondhand = false }) {
          const cell = cellOf(key);
          (secondhand ? told : touched).add(cell);
          const { resources: into, relationships: edges } = secondhand ? cell.hearsay : cell;
          into.push(...resources);
          edges.push(...relationships);
          if (!secondhand) cell.rows += resources.length;
          counts.resources += resources.length;
          counts.relationships += relationships.length;
          for (const { kind, cloud } of resources) {
            clouds.add(cloud);
            counts.kinds.set(kind, (counts.kinds.get(kind) ?? 0) + 1);
          }
        },
        declare(declared) {
          const cell = cellOf(declared);
          touched.add(cell);
          cell.declared = declared;
        },
        skip: (why) => void counts.passedOver.set(why, (counts.passedOver.get(why) ?? 0) + 1),
        note: (sentence) => void counts.notes.add(sentence),
      };
      return {
        facts,
        counts,
        close({ capturedAt, isComplete, why }) {
          for (const cell of touched) {
            cell.texts += 1;
            // What two texts hold may be of two times: together they say what was there, not what is.
            cell.complete = cell.texts === 1 && !cell.admitted && isComplete(cell);
            if (!cell.complete)
              cell.why = cell.texts === 1 ? why : 'Several files tell of it, perhaps of several times.';
            if (capturedAt !== null) cell.capturedAt = Math.min(cell.capturedAt ?? capturedAt, capturedAt);
          }
          for (const cell of told) {
            if (cell.texts > 0) continue;
            cell.why = why;
            if (capturedAt !== null) cell.capturedAt = Math.min(cell.capturedAt ?? capturedAt, capturedAt);
          }
        },
      };
    },
    async relieve(bytes) {
      held += bytes;
      if (held < bytesHeld) return;
      held = 0;
      await writeScopes();
      for (const cell of cells.values()) {
        if (cell.hearsay.resources.length < hearsayHeld || cell.complete) continue;
        admit(cell);
        cell.admitted = true;
      }
      // The fullest cells hold nearly all; pages of a row or two are not worth a write each.
      const waiting = [...cells.values()].filter(({ resources }) => resources.length > 0);
      const least = waiting.reduce((sum, { resources }) => sum + resources.length, 0) / (waiting.length * 4);
      for (const cell of waiting) if (cell.resources.length >= least) await write(cell);
    },
    async seal() {
      await writeScopes();
      for (const cell of cells.values()) {
        admit(cell);
        await write(cell);
        const { scope, region, kind, pages, rows, texts, complete, why, capturedAt, declared } = cell;
        if (declared !== null && complete) {
          await writer.finishCell({ ...declared, pages, rows });
          continue;
        }
        await writer.finishCell({
          scope,
          region,
          kind,
          status: complete ? 'complete' : 'partial',
          pages,
          rows,
          error: complete ? null : why,
          permission: null,
          ...(capturedAt === null ? {} : { capturedAt }),
          ...(texts === 0 ? { secondhand: true } : {}),
        });
      }
    },
  };
}
