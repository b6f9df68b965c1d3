import type { Origin, PortSchema } from '#shared/model/index.ts';

/** An input that some part of a script declares. */
export interface PythonInput {
  readonly name: string;
  readonly schema: PortSchema;
  readonly required: boolean;
  /** Only under this subcommand; null for all. */
  readonly command: string | null;
  readonly origin: Origin;
}

/** A word the way the shell writes it, as Python does: `--dry-run` is `dry_run`. */
export function pythonName(word: string): string {
  return word.replace(/^-+/, '').replaceAll('-', '_');
}
