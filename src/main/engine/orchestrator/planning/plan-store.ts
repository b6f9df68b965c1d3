import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import { resourceChangeSchema } from '#shared/model/index.ts';
import { digestOf } from '../../planner/index.ts';
import { fileDigest } from '../runners/terraform/index.ts';

/** A plan for reading: secrets masked, so it may be shown. */
const planDocumentSchema = z.object({
  changes: z.array(resourceChangeSchema),
  text: z.string(),
  outputs: z.array(z.object({ name: z.string(), value: jsonSchema, mark: z.enum(['known', 'later', 'sensitive']) })),
  /** Cloud ids of what exists and is changed. */
  touched: z.array(z.string()),
});
export type ReadablePlan = z.infer<typeof planDocumentSchema>;

/** Plans by the digest of their bytes: what is found under a digest is what had it when it was kept. */
export interface PlanStore {
  /** Moves a plan file in; it is on disk when this resolves. */
  keepFile(file: string, digest: string): Promise<void>;
  fileOf(digest: string): string;
  /** Throws `digest-mismatch` when the file is gone or has other bytes than when it was kept. */
  check(digest: string): Promise<void>;
  /** Removes a plan file that will never run; its readable form stays. */
  forgetFile(digest: string): Promise<void>;
  keepDocument(document: ReadablePlan): Promise<string>;
  document(key: string): Promise<ReadablePlan>;
}

export function createPlanStore(folder: string): PlanStore {
  const documents = new Map<string, ReadablePlan>();
  const place = (digest: string, ending: string): string =>
    path.join(folder, `${digest.replace(/^sha256:/, '')}.${ending}`);
  return {
    async keepFile(file, digest) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const beside = `${place(digest, 'tfplan')}.${randomUUID()}`;
      await copyFile(file, beside);
      await rm(file, { force: true });
      await settle(beside, place(digest, 'tfplan'));
    },
    fileOf: (digest) => place(digest, 'tfplan'),
    async check(digest) {
      const found = await fileDigest(place(digest, 'tfplan'));
      if (found === digest) return;
      throw new AppError('digest-mismatch', 'A plan file is not the one that was planned.', {
        advice: 'Something changed it on disk. Plan again and approve the new plan.',
        details: { expected: digest, found },
      });
    },
    forgetFile: (digest) => rm(place(digest, 'tfplan'), { force: true }),
    async keepDocument(document) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const key = digestOf(JSON.parse(JSON.stringify(document)) as Json);
      // Two steps may have the very same plan at the same time.
      const beside = `${place(key, 'json')}.${randomUUID()}`;
      const handle = await open(beside, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify(document));
      } finally {
        await handle.close();
      }
      await settle(beside, place(key, 'json'));
      documents.set(key, document);
      return key;
    },
    async document(key) {
      const known = documents.get(key);
      if (known !== undefined) return known;
      try {
        const document = planDocumentSchema.parse(JSON.parse(await readFile(place(key, 'json'), 'utf8')));
        documents.set(key, document);
        return document;
      } catch (thrown) {
        throw new AppError('digest-mismatch', 'The readable plan is gone or damaged.', {
          advice: 'Plan again.',
          cause: thrown,
          details: { plan: key },
        });
      }
    },
  };
}

/** Flushes a file, then gives it its name: after a power loss it is there whole or not at all. */
async function settle(beside: string, file: string): Promise<void> {
  const handle = await open(beside, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  const folder = await open(path.dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
