import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { openJournal, type Journal } from './index.ts';
import type { JournalEvent } from './events.ts';

const person = { kind: 'person' as const, name: 'Ada' };
const proposed: JournalEvent = {
  type: 'proposed',
  kind: 'create',
  environment: 'eu',
  blueprint: 'regional',
  version: '1.0.0',
  releaseDigest: 'sha256:0',
  target: { cloud: 'aws', account: '123456789012', region: 'eu-west-1' },
  given: { name: 'main' },
  givenBy: { name: 'proposer' },
  imports: {},
  reason: 'because',
  by: person,
};

let folder: string;
let time: number;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-journal-'));
  file = path.join(folder, 'journal.sqlite');
  time = 1000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): Journal {
  return openJournal({ file, keysFolder: path.join(folder, 'keys'), clock: { now: () => time } });
}

function withProposal(): string {
  const journal = open();
  const id = journal.newId();
  journal.append(id, proposed);
  journal.append(id, { type: 'planning', round: 1 });
  journal.close();
  return id;
}

describe('the journal', () => {
  it('is the same after it was closed and opened', () => {
    const id = withProposal();
    const journal = open();
    expect(journal.record(id)).toMatchObject({
      state: 'PLANNING',
      round: 1,
      environment: 'eu',
      given: { name: 'main' },
    });
    expect(() => journal.record('nobody')).toThrow('no deployment with this id');
    journal.close();
  });

  it('records an event with what belongs to it, or neither', () => {
    const id = withProposal();
    const journal = open();
    const owner = { environment: 'eu', step: 'network', deployment: id };
    expect(() =>
      journal.together(id, { type: 'state', state: 'CANCELLED' }, () => {
        journal.tables.replaceStep(owner, { outputs: { id: { value: 'x', sensitive: false } }, managed: [], at: 1 });
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(journal.record(id).state).toBe('PLANNING');
    expect(journal.tables.outputs('eu').size).toBe(0);
    journal.append(id, { type: 'state', state: 'CANCELLED' });
    journal.close();
    const again = open();
    expect(again.damage).toBeNull();
    expect(again.record(id).state).toBe('CANCELLED');
    again.close();
  });

  it('gives an approval to one of two that try, and only when this desktop signed it', () => {
    const id = withProposal();
    const journal = open();
    const event = {
      type: 'approved' as const,
      nonce: 'n1',
      planSetDigest: 'p',
      envelopeDigest: 'e',
      expiresAt: 5000,
      by: person,
    };
    journal.approve(id, event, { deployment: id, planSetDigest: 'p', envelopeDigest: 'e' });
    expect(journal.approval('n1')).toMatchObject({ deployment: id });
    expect(() => journal.consume('another', 'n1')).toThrow('not for this deployment');
    journal.consume(id, 'n1');
    expect(() => journal.consume(id, 'n1')).toThrow('used already');
    expect(journal.record(id).state).toBe('PREFLIGHT');
    journal.close();

    const database = new DatabaseSync(file);
    database.exec(`update approvals set body = replace(body, '"p"', '"q"')`);
    database.close();
    const again = open();
    expect(() => again.approval('n1')).toThrow('was altered');
    again.close();
  });

  it('keeps secret outputs sealed, with a key only the user can read', () => {
    const id = withProposal();
    const journal = open();
    const owner = { environment: 'eu', step: 'database', deployment: id };
    const outputs = { url: { value: 'db://hunter2', sensitive: true }, port: { value: 5432, sensitive: false } };
    journal.together(id, { type: 'state', state: 'EXECUTING' }, () =>
      journal.tables.replaceStep(owner, { outputs, managed: [], at: 1 }),
    );
    expect(journal.tables.outputs('eu').get('database')).toEqual(outputs);
    expect(journal.tables.outputsShown('eu').get('database')?.['url']).toEqual({ value: null, sensitive: true });
    journal.close();
    expect(readFileSync(file).includes('hunter2')).toBe(false);
    expect(statSync(path.join(folder, 'keys', 'outputs.key')).mode & 0o077).toBe(0);
    writeFileSync(path.join(folder, 'keys', 'outputs.key'), Buffer.alloc(32));
    const other = open();
    expect(() => other.tables.outputs('eu')).toThrow('cannot be opened');
    other.close();
  });

  it('does not go back in time', () => {
    const id = withProposal();
    time = 500;
    const journal = open();
    journal.append(id, { type: 'state', state: 'CANCELLED' });
    expect(journal.now()).toBe(1000);
    journal.close();
  });

  it('remembers how long changes took, by provider version where it can', () => {
    const journal = open();
    const row = { type: 'aws_vpc', action: 'create', at: 1 };
    journal.tables.addHistory({ ...row, providerVersion: 'aws 5', seconds: 3 });
    journal.tables.addHistory({ ...row, providerVersion: 'aws 6', seconds: 9 });
    const change = { type: 'aws_vpc', action: 'create' };
    expect(journal.tables.history({ ...change, providerVersion: 'aws 6' })).toEqual([9]);
    expect(journal.tables.history({ ...change, providerVersion: 'aws 7' })).toHaveLength(2);
    expect(journal.tables.history({ ...change, action: 'delete', providerVersion: 'aws 6' })).toEqual([]);
    journal.close();
  });
});

describe('a damaged journal', () => {
  /** What is left of the journal: the state it shows, and whether it refuses to write. */
  function leftOver(id: string): { state: string; refuses: boolean } {
    const journal = open();
    const { state } = journal.record(id);
    let refuses = false;
    try {
      journal.append(id, { type: 'state', state: 'CANCELLED' });
    } catch (thrown) {
      refuses = thrown instanceof AppError && thrown.code === 'journal-damaged';
    }
    journal.close();
    return { state, refuses };
  }

  it('is read up to the entry somebody altered', () => {
    const id = withProposal();
    const journal = open();
    journal.append(id, { type: 'state', state: 'CANCELLED' });
    journal.close();
    const database = new DatabaseSync(file);
    database.exec(`update entries set event = replace(event, 'CANCELLED', 'SUCCEEDED') where sequence = 3`);
    database.close();
    rmSync(`${file}.last-good`);
    expect(leftOver(id)).toEqual({ state: 'PLANNING', refuses: true });
  });

  it('is read from the copy made when it was sound, when its bytes are garbage', () => {
    const id = withProposal();
    open().close();
    const before = Buffer.from('this was a journal once, and is none any more'.repeat(200));
    writeFileSync(file, before);
    expect(leftOver(id)).toEqual({ state: 'PLANNING', refuses: true });
    // Nothing was written over what might still be saved by hand.
    expect(readFileSync(file)).toEqual(before);
  });

  it('is told even when nothing of it can be read', () => {
    writeFileSync(file, 'nothing at all, but long enough to be looked at as a database file header…');
    const journal = open();
    expect(journal.damage).not.toBeNull();
    expect(journal.records()).toEqual([]);
    expect(() => journal.append('x', proposed)).toThrow('damaged and read-only');
    journal.close();
  });

  it('works again when a copy is put back', () => {
    const id = withProposal();
    open().close();
    writeFileSync(file, 'garbage'.repeat(1000));
    open().close();
    for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
    copyFileSync(`${file}.last-good`, file);
    const journal = open();
    expect(journal.damage).toBeNull();
    expect(journal.record(id).state).toBe('PLANNING');
    journal.close();
  });
});
