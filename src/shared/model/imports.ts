import { z } from 'zod';

/** Exports that can be read, recognised by what is in them. */
export const importFormats = [
  'aws-config',
  'aws-config-query',
  'azure-resources',
  'azure-csv',
  'gcp-assets',
  'terraform-state',
  'terraform-plan',
  'facts-archive',
] as const;
export const importFormatSchema = z.enum(importFormats);
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** A record that could not be read, or a place where a file is damaged. */
export const importProblemSchema = z.object({
  /** Line of the unpacked text, counted from 1. */
  line: z.number().int(),
  /** Byte of the unpacked text, counted from 0: where a file has a single line, the line says little. */
  offset: z.number().int(),
  why: z.string(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

/** What became of one file, or of one member of an archive. */
export const importedFileSchema = z.object({
  name: z.string(),
  /** Null when nobody could tell what it is. */
  format: importFormatSchema.nullable(),
  /** `read` to its end without a loss, `partly`, or `refused`: nothing of it was taken. */
  status: z.enum(['read', 'partly', 'refused']),
  /** Why it was refused, or where its reading ended too early; null when it was read to its end. */
  error: z.string().nullable(),
  /** Records in it: read, passed over for a reason, and broken. */
  records: z.number().int(),
  broken: z.number().int(),
  passedOver: z.array(z.object({ why: z.string(), records: z.number().int() })),
  /** The first of the broken records; `broken` counts them all. */
  problems: z.array(importProblemSchema),
  resources: z.number().int(),
  relationships: z.number().int(),
  kinds: z.array(z.object({ kind: z.string(), resources: z.number().int() })),
  /** The time its facts are of, in milliseconds since 1970; null when it does not say. */
  capturedAt: z.number().nullable(),
  /** What else the user should know about it. */
  notes: z.array(z.string()),
});
export type ImportedFile = z.infer<typeof importedFileSchema>;

/** What was read and what was not, for each file. */
export const estateImportReportSchema = z.object({ run: z.number().int(), files: z.array(importedFileSchema) });
export type EstateImportReport = z.infer<typeof estateImportReportSchema>;

/** Relationships between what is known, and those that name what nobody listed. */
export const referenceCountsSchema = z.object({ resolved: z.number().int(), unresolved: z.number().int() });
export type ReferenceCounts = z.infer<typeof referenceCountsSchema>;

/** How far the reading of files has come. */
export const readingProgressSchema = z.object({
  /** The file being read. */
  file: z.string().nullable(),
  files: z.number().int(),
  filesDone: z.number().int(),
  bytes: z.number(),
  bytesRead: z.number(),
  records: z.number().int(),
  broken: z.number().int(),
});
export type ReadingProgress = z.infer<typeof readingProgressSchema>;
