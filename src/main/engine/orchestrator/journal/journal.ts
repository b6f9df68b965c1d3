import { randomUUID, sign, verify, createPublicKey } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '../../ports/index.ts';
import { canonicalJson } from '../../planner/index.ts';
import { chainHash, chainStart } from './audit-chain.ts';
import { keepLastGood, openDatabase } from './database.ts';
import { eventSchema, type JournalEntry, type JournalEvent } from './events.ts';
import { desktopKeys } from './keys.ts';
import { createOutputTables, type OutputTables } from './output-tables.ts';
import type { DeploymentRecord } from './record.ts';
import { replay } from './replay.ts';

/** What happened to every deployment, in order, and what it left behind. Committed means on disk. */
export interface Journal {
  /** Why it is read-only, or null. */
  readonly damage: string | null;
  readonly tables: OutputTables;
  /** Milliseconds; never before the newest entry, so a clock set back extends nothing. */
  now(): number;
  records(): readonly DeploymentRecord[];
  /** Throws `not-found`. */
  record(id: string): DeploymentRecord;
  find(id: string): DeploymentRecord | null;
  newId(): string;
  /** Records an event; it is on disk when this returns. Throws `journal-damaged` in read-only mode. */
  append(deployment: string, event: JournalEvent): DeploymentRecord;
  /**
   * Records an event that announces nothing: it survives the end of this process at once, and a power loss from the
   * next event on. Used where losing it only means looking again.
   */
  note(deployment: string, event: JournalEvent): DeploymentRecord;
  /** Records an event together with what `work` writes, or nothing of both. */
  together(deployment: string, event: JournalEvent, work: () => void): DeploymentRecord;
  /** Keeps a signed approval and records it. */
  approve(deployment: string, event: Extract<JournalEvent, { type: 'approved' }>, body: JsonObject): void;
  /**
   * Uses an approval up and records the beginning of the preflight: of two that try, one gets it.
   * Throws `approval-used`, `approval-mismatch`.
   */
  consume(deployment: string, nonce: string): void;
  /** The body of a kept approval, its signature checked. Throws `approval-mismatch`. */
  approval(nonce: string): JsonObject;
  /** Whether every entry still fits the chain on disk. */
  chainHead(): string;
  onAppend(listener: (entry: JournalEntry) => void): () => void;
  keepCopy(): void;
  close(): void;
}

interface JournalOptions {
  readonly file: string;
  readonly keysFolder: string;
  readonly clock: Clock;
}

/** Opens (or makes) the journal of a workspace. A damaged one opens read-only with its last good state. */
export function openJournal(options: JournalOptions): Journal {
  const { database, entries, damage } = openDatabase(options.file);
  const keys = desktopKeys(options.keysFolder);
  const records = new Map<string, DeploymentRecord>();
  const listeners = new Set<(entry: JournalEntry) => void>();
  let head = entries.at(-1)?.hash ?? chainStart;
  let sequence = entries.length;
  let newest = entries.at(-1)?.at ?? 0;
  for (const entry of entries) keepRecord(entry);

  function keepRecord(entry: JournalEntry): void {
    const next = replay(records.get(entry.deployment) ?? null, entry);
    if (next !== null) records.set(entry.deployment, next);
  }

  function assertWritable(): void {
    if (damage === null) return;
    throw new AppError('journal-damaged', `The journal is damaged and read-only: ${damage}.`, {
      advice: `Move ${options.file} away to begin a new journal, or put back a copy of it.`,
      details: { file: options.file },
    });
  }

  function together(deployment: string, event: JournalEvent, work: () => void): DeploymentRecord {
    assertWritable();
    const text = JSON.stringify(eventSchema.parse(event));
    const at = now();
    const row = { sequence: sequence + 1, at, deployment, text };
    const entry: JournalEntry = { ...row, event, previousHash: head, hash: chainHash(row, head) };
    transaction(database, () => {
      work();
      run(database, 'insert into entries values (?, ?, ?, ?, ?, ?)', [
        entry.sequence,
        at,
        deployment,
        text,
        entry.previousHash,
        entry.hash,
      ]);
    });
    head = entry.hash;
    sequence = entry.sequence;
    newest = at;
    keepRecord(entry);
    for (const listener of listeners) listener(entry);
    return record(deployment);
  }

  function now(): number {
    return Math.max(options.clock.now(), newest);
  }

  function record(id: string): DeploymentRecord {
    const found = records.get(id);
    if (found === undefined) {
      throw new AppError('not-found', 'There is no deployment with this id.', { details: { id } });
    }
    return found;
  }

  function note(deployment: string, event: JournalEvent): DeploymentRecord {
    assertWritable();
    database.exec('pragma synchronous = normal');
    try {
      return together(deployment, event, () => undefined);
    } finally {
      database.exec('pragma synchronous = full');
    }
  }

  if (damage === null) keepLastGood(database, options.file);
  return {
    damage,
    tables: createOutputTables(database, keys.outputs),
    now,
    records: () => [...records.values()],
    record,
    find: (id) => records.get(id) ?? null,
    newId: randomUUID,
    append: (deployment, event) => together(deployment, event, () => undefined),
    note,
    together,
    approve(deployment, event, body) {
      const text = canonicalJson(body);
      const signature = sign(null, Buffer.from(text), keys.approvals).toString('base64');
      together(deployment, event, () =>
        run(database, 'insert into approvals values (?, ?, ?, ?, null)', [event.nonce, deployment, text, signature]),
      );
    },
    consume(deployment, nonce) {
      together(deployment, { type: 'state', state: 'PREFLIGHT' }, () => {
        const { changes } = database
          .prepare('update approvals set consumed_at = ? where nonce = ? and deployment = ? and consumed_at is null')
          .run(now(), nonce, deployment);
        if (changes !== 1) {
          throw new AppError('approval-used', 'This approval was used already, or is not for this deployment.', {
            advice: 'Plan again and approve the new plan.',
          });
        }
      });
    },
    approval(nonce) {
      const row = database.prepare('select body, signature from approvals where nonce = ?').get(nonce);
      const body = typeof row?.['body'] === 'string' ? row['body'] : '';
      const signature = Buffer.from(typeof row?.['signature'] === 'string' ? row['signature'] : '', 'base64');
      if (row === undefined || !verify(null, Buffer.from(body), createPublicKey(keys.approvals), signature)) {
        throw new AppError('approval-mismatch', 'The approval was not made on this desktop, or was altered.', {
          advice: 'Plan again and approve the new plan.',
        });
      }
      return JSON.parse(body) as JsonObject;
    },
    chainHead: () => head,
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keepCopy() {
      if (damage === null) keepLastGood(database, options.file);
    },
    close() {
      listeners.clear();
      database.close();
    },
  };
}

/** Runs `work` as one transaction: all of it or nothing. */
function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (thrown) {
    database.exec('rollback');
    throw thrown;
  }
}

function run(database: DatabaseSync, statement: string, values: readonly SQLInputValue[]): void {
  database.prepare(statement).run(...values);
}
