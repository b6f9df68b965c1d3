import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Topic } from '#shared/model/index.ts';
import { isTemporary } from '#engine/files/index.ts';
import type { EventSink, Logger, WorkspacePaths } from '../ports/index.ts';

export interface WatchOptions {
  readonly paths: WorkspacePaths;
  readonly events: EventSink;
  readonly logger: Logger;
  /** How long after the last change of a burst it is told. */
  readonly quietMs?: number;
}

const watched = {
  artifacts: ['artifacts', 'blueprints'],
  blueprints: ['blueprints'],
  catalog: ['catalog', 'blueprints'],
  environments: ['environments'],
  queries: ['queries'],
} as const satisfies Record<string, readonly Topic[]>;

type FolderName = keyof typeof watched;
const folderNames = Object.keys(watched) as FolderName[];

/** The thing a path below a watched folder belongs to: the draft, artifact, release or environment. */
function subjectOf(file: string): string | null {
  const [first = ''] = file.split(path.sep);
  if (first === '' || first.startsWith('.') || isTemporary(first)) return null;
  return first.replace(/\.yaml$/, '');
}

/**
 * Tells what changed under `artifacts/`, `blueprints/`, `catalog/`, `environments/` and `queries/` when somebody edits
 * the files outside of the app. Bursts are told once; the folders may come and go. Closes everything with `close`.
 */
export function watchFiles({ paths, events, logger, quietMs = 150 }: WatchOptions): { close(): void } {
  const watchers = new Map<FolderName | 'root', FSWatcher>();
  const pending = new Map<FolderName, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function tell(): void {
    timer = null;
    for (const [folder, subjects] of pending) {
      const [only] = subjects;
      events.changed(watched[folder], subjects.size === 1 ? only : undefined);
    }
    pending.clear();
  }

  function note(folder: FolderName, file: string | null): void {
    const subject = file === null ? '' : subjectOf(file);
    if (subject === null || closed) return;
    pending.set(folder, (pending.get(folder) ?? new Set()).add(subject));
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(tell, quietMs);
  }

  function drop(name: FolderName | 'root'): void {
    watchers.get(name)?.close();
    watchers.delete(name);
  }

  function open(name: FolderName | 'root', start: () => FSWatcher): void {
    try {
      const watcher = start();
      watcher.on('error', (error) => {
        // A folder that vanished, or no more watches to be had: the app still reads the disk on every call.
        logger.warn('files.watch-lost', { folder: name, reason: error.message });
        drop(name);
      });
      watchers.set(name, watcher);
    } catch (error) {
      logger.warn('files.watch-failed', {
        folder: name,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async function follow(folder: FolderName): Promise<void> {
    const there = await stat(paths[folder]).then(
      (status) => status.isDirectory(),
      () => false,
    );
    if (closed) return;
    if (!there) {
      drop(folder);
      return;
    }
    if (watchers.has(folder)) return;
    open(folder, () =>
      watch(paths[folder], { recursive: true, persistent: false }, (_event, file) => note(folder, file)),
    );
  }

  open('root', () =>
    watch(paths.root, { persistent: false }, (_event, file) => {
      const folder = folderNames.find((name) => name === file);
      if (folder === undefined) return;
      // The folder itself came or went: its watcher is renewed, and whatever it holds counts as changed.
      drop(folder);
      follow(folder).then(
        () => note(folder, null),
        (error: Error) => logger.warn('files.watch-failed', { folder, reason: error.message }),
      );
    }),
  );
  for (const folder of folderNames) {
    follow(folder).catch((error: Error) => logger.warn('files.watch-failed', { folder, reason: error.message }));
  }

  return {
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const name of watchers.keys()) drop(name);
    },
  };
}
