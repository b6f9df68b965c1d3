import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toAppError } from '#shared/errors/index.ts';
import { chainHash, chainStart } from './audit-chain.ts';
import { eventSchema, type JournalEntry } from './events.ts';

const tables = `
create table if not exists entries (
  sequence integer primary key, at integer not null, deployment text not null,
  event text not null, previous_hash text not null, hash text not null
) strict;
create table if not exists approvals (
  nonce text primary key, deployment text not null, body text not null, signature text not null, consumed_at integer
) strict;
create table if not exists outputs (
  environment text not null, step text not null, name text not null, deployment text not null,
  value text, sealed blob, saved_at integer not null, primary key (environment, step, name)
) strict;
create table if not exists managed (
  environment text not null, step text not null, address text not null, type text not null,
  native_id text, resource_id text, deployment text not null, primary key (environment, step, address)
) strict;
create table if not exists changed (
  deployment text not null, step text not null, address text not null, action text not null,
  native_id text, resource_id text, primary key (deployment, step, address)
) strict;
create table if not exists history (
  type text not null, action text not null, provider_version text not null, seconds real not null, at integer not null
) strict;
create index if not exists history_by_change on history (type, action, provider_version, at);
pragma user_version = 1;
`;

/** An open journal database with the entries that can be trusted. */
export interface OpenDatabase {
  readonly database: DatabaseSync;
  readonly entries: readonly JournalEntry[];
  /** What is wrong, as a sentence; null when everything is sound. A damaged one is open for reading only. */
  readonly damage: string | null;
}

/**
 * Opens the journal: WAL and `synchronous=FULL`, so that a committed entry survives a power loss. A damaged file is
 * left as it is: the last good state is read from it, or from the copy made when it was last known to be sound.
 */
export function openDatabase(file: string): OpenDatabase {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    const database = new DatabaseSync(file);
    try {
      database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
      const check = database.prepare('pragma quick_check(1)').get();
      const found = check?.['quick_check'];
      if (found !== 'ok') throw new Error(String(found));
      database.exec(tables);
      const { entries, problem } = readEntries(database);
      if (problem !== null) throw new Error(problem);
      return { database, entries, damage: null };
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  } catch (thrown) {
    return openLastGood(file, toAppError(thrown).message);
  }
}

function openLastGood(file: string, why: string): OpenDatabase {
  const candidates = [file, lastGoodFile(file)].flatMap((name) => {
    const opened = salvage(name);
    return opened === null ? [] : [{ name, ...opened }];
  });
  // The damaged file itself is preferred while it tells as much as the copy.
  const best = candidates.reduce<(typeof candidates)[number] | null>(
    (chosen, one) => (chosen === null || one.entries.length > chosen.entries.length ? one : chosen),
    null,
  );
  for (const candidate of candidates) if (candidate !== best) candidate.database.close();
  if (best !== null) return { database: best.database, entries: best.entries, damage: why };
  const empty = new DatabaseSync(':memory:');
  empty.exec(tables);
  return { database: empty, entries: [], damage: why };
}

function salvage(file: string): Pick<OpenDatabase, 'database' | 'entries'> | null {
  if (!existsSync(file)) return null;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const { entries } = readEntries(database);
    database.prepare('select count(*) from outputs').get();
    return { database, entries };
  } catch {
    // Not even readable: the caller has another candidate or begins empty, and tells the user.
    database?.close();
    return null;
  }
}

/** Reads entries in order as long as the chain holds. */
function readEntries(database: DatabaseSync): { entries: JournalEntry[]; problem: string | null } {
  const entries: JournalEntry[] = [];
  let previousHash = chainStart;
  try {
    const rows = database.prepare(
      'select sequence, at, deployment, event, previous_hash, hash from entries order by sequence',
    );
    for (const row of rows.iterate()) {
      const sequence = Number(row['sequence']);
      const text = String(row['event']);
      const at = Number(row['at']);
      const deployment = String(row['deployment']);
      const hash = chainHash({ sequence, at, deployment, text }, previousHash);
      if (hash !== row['hash'] || sequence !== entries.length + 1) {
        return { entries, problem: `entry ${sequence} does not fit the audit chain` };
      }
      entries.push({ sequence, at, deployment, event: eventSchema.parse(JSON.parse(text)), previousHash, hash });
      previousHash = hash;
    }
    return { entries, problem: null };
  } catch (thrown) {
    return { entries, problem: `entry ${entries.length + 1} cannot be read: ${toAppError(thrown).message}` };
  }
}

function lastGoodFile(file: string): string {
  return `${file}.last-good`;
}

/** Keeps a copy of a sound journal beside it. */
export function keepLastGood(database: DatabaseSync, file: string): void {
  const beside = `${lastGoodFile(file)}.new`;
  rmSync(beside, { force: true });
  database.prepare('vacuum into ?').run(beside);
  renameSync(beside, lastGoodFile(file));
}
