import type { CellKey } from '#engine/ports/index.ts';
import type { RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';

/** What an instance of a state stands for in the cloud graph. */
export interface StateResource {
  /** The id a live run gives it. */
  readonly id: string;
  /** Where a live run would list it; null for a kind that none lists. */
  readonly cell: CellKey | null;
  /** What the state tells of it, as a live run would say it; none for a kind that none lists. */
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  readonly scopes: readonly ScopeFact[];
}
