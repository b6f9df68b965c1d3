import { z } from 'zod';
import { resourceWithoutSecretTexts } from '../../secret-texts.ts';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  coverageCellSchema,
  relationshipFactSchema,
  resourceFactSchema,
  scopeFactSchema,
  type CoverageCell,
} from '#shared/model/index.ts';
import { archiveMark, archiveVersion } from '../../archive/archive-lines.ts';
import { verifyArchive } from '../../archive/verify-archive.ts';
import { declaredPermission } from '../../declared-permissions.ts';
import {
  type OfflineFormat,
  type TextClosing,
  type TextContext,
  type TextReader,
  UnusableRecord,
} from '../offline-format.ts';

/** An estate that Groundplan exported: facts as they were kept, with what is known of each cell. */
export const factsArchiveFormat: OfflineFormat = {
  id: 'facts-archive',
  recognise({ values }) {
    if (values.get('groundplan') !== archiveMark) return null;
    const version = values.get('version');
    if (typeof version === 'number' && version <= archiveVersion) return { kind: 'lines' };
    throw new AppError('bad-input', `The archive is of version ${String(version)}, which this program does not know.`, {
      advice: `Import it with a newer Groundplan; this one reads archives up to version ${archiveVersion}.`,
    });
  },
  verify: verifyArchive,
  open: (context) => new ArchiveReader(context),
};

/** What would open a cell is worked out anew: a file made by others gives nothing that somebody may paste. */
const archivedCellSchema = coverageCellSchema
  .omit({ run: true, remedy: true })
  .transform((cell) => ({ ...cell, permission: declaredPermission(cell.permission) }));

const lineSchema = z.union([
  z.strictObject({ scope: scopeFactSchema }),
  z.strictObject({ cell: archivedCellSchema }),
  z.strictObject({ resource: resourceFactSchema }),
  z.strictObject({ relationship: relationshipFactSchema }),
  z.object({ groundplan: z.literal(archiveMark) }),
  z.object({ seal: z.unknown() }),
]);

class ArchiveReader implements TextReader {
  readonly #context: TextContext;
  #cell: Omit<CoverageCell, 'run'> | null = null;

  constructor(context: TextContext) {
    this.#context = context;
  }

  take(value: Json): void {
    const { facts } = this.#context;
    const read = lineSchema.safeParse(value);
    if (!read.success) throw new UnusableRecord('It is no line of an archive');
    const line = read.data;
    if ('scope' in line) return facts.scope(line.scope);
    if ('cell' in line) {
      this.#cell = line.cell;
      return facts.declare(line.cell);
    }
    if (!('resource' in line) && !('relationship' in line)) return facts.skip('the head or a digest of the archive');
    if (this.#cell === null) throw new UnusableRecord('It stands before the first cell');
    facts.add(this.#cell, {
      resources: 'resource' in line ? [resourceWithoutSecretTexts(line.resource)] : [],
      relationships: 'relationship' in line ? [line.relationship] : [],
    });
  }

  end(): TextClosing {
    // Each cell is what it was declared as; the rest of the closing is for those of which another file tells as well.
    return { capturedAt: null, isComplete: () => true, why: 'Part of an archive.' };
  }
}
