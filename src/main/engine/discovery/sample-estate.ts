import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { FactStore } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  cloudSchema,
  coverageCellSchema,
  relationshipFactSchema,
  resourceFactSchema,
  type Run,
  scopeFactSchema,
} from '#shared/model/index.ts';

/** `sample.json`: what the sample is and when it was made. */
const sampleDescriptionSchema = z.strictObject({
  sample: z.literal(1),
  title: z.string(),
  /** The day and time of the discovery whose facts these are, ISO 8601 in UTC. */
  madeAt: z.iso.datetime(),
  clouds: z.array(cloudSchema),
  scopes: z.int(),
  /** As the map shows them: what two accounts tell of is one. */
  resources: z.int(),
  /** As the map shows them, without what is found in bodies when the graph is built. */
  relationships: z.int(),
  cells: z.int(),
});
export type SampleDescription = z.infer<typeof sampleDescriptionSchema>;

const cellKeySchema = z.strictObject({ scope: z.string(), region: z.string(), kind: z.string() });

/** One line of `facts.ndjson.gz`: everything a run writes, in the order it wrote it. */
const sampleLineSchema = z.discriminatedUnion('line', [
  z.strictObject({ line: z.literal('scopes'), scopes: z.array(scopeFactSchema) }),
  z.strictObject({
    line: z.literal('page'),
    cell: cellKeySchema,
    resources: z.array(resourceFactSchema),
    relationships: z.array(relationshipFactSchema),
  }),
  z.strictObject({ line: z.literal('cell'), cell: coverageCellSchema.omit({ run: true }) }),
]);
type SampleLine = z.infer<typeof sampleLineSchema>;

export const sampleFiles = { description: 'sample.json', facts: 'facts.ndjson.gz' } as const;

/** Reads what the sample in a folder says about itself. Throws `not-found` when there is none. */
export async function readSampleDescription(folder: string): Promise<SampleDescription> {
  const file = path.join(folder, sampleFiles.description);
  try {
    return sampleDescriptionSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new AppError('not-found', `The sample estate cannot be read from ${file}.`, {
      advice: 'Install Groundplan again; the sample ships with it.',
      details: { path: file },
      cause: error,
    });
  }
}

/** Copies the sample's facts into the store as a run of their own. A broken file leaves a failed run, told so. */
export async function copySample(
  folder: string,
  facts: Pick<FactStore, 'startRun'>,
  signal: AbortSignal,
): Promise<Run> {
  const { clouds } = await readSampleDescription(folder);
  const writer = await facts.startRun({ source: 'sample', clouds });
  try {
    for await (const line of sampleLines(folder)) {
      signal.throwIfAborted();
      switch (line.line) {
        case 'scopes':
          await writer.scopes(line.scopes);
          break;
        case 'page':
          await writer.page(line.cell, line);
          break;
        case 'cell':
          await writer.finishCell(line.cell);
          break;
      }
    }
  } catch (error) {
    await writer.finish({ status: signal.aborted ? 'cancelled' : 'failed', error: 'The sample could not be copied.' });
    throw error;
  }
  return writer.finish({ status: 'complete', error: null });
}

/** The sample's lines, checked one by one. Throws `bad-input` with the line that is damaged. */
async function* sampleLines(folder: string): AsyncGenerator<SampleLine> {
  const file = path.join(folder, sampleFiles.facts);
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  // A read error of the file ends the unzipping too, else the lines would just stop.
  source.on('error', (error) => unzipped.destroy(error));
  let number = 0;
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text !== '') yield sampleLineSchema.parse(JSON.parse(text));
    }
  } catch (error) {
    throw new AppError('bad-input', `The sample estate is damaged: ${file}, line ${number}.`, {
      advice: 'Install Groundplan again; the sample ships with it.',
      details: { path: file, line: number },
      cause: error,
    });
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}
