import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { guardReadOnly, withLimit } from './read-only.ts';

function refused(statement: string): AppError {
  try {
    guardReadOnly(statement);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`let through: ${statement}`);
}

describe('a statement that does more than read', () => {
  test.each([
    ["CREATE (r:Resource {id: 'x'})", 'CREATE'],
    ["MATCH (r:Resource) SET r.name = 'x'", 'SET'],
    ['MATCH (r:Resource) DELETE r', 'DELETE'],
    ['match (r:Resource) detach delete r', 'detach'],
    ["MERGE (r:Resource {id: 'x'})", 'MERGE'],
    ['DROP TABLE Resource', 'DROP'],
    ['ALTER TABLE Resource ADD x INT64', 'ALTER'],
    ["COPY Resource FROM 'x.csv'", 'COPY'],
    ["COPY (MATCH (r:Resource) RETURN r.id) TO '/tmp/x.csv'", 'COPY'],
    ["LOAD FROM '/etc/passwd' RETURN *", 'LOAD'],
    ["LOAD EXTENSION '/tmp/x.so'", 'LOAD'],
    ['INSTALL httpfs', 'INSTALL'],
    ['FORCE INSTALL httpfs', 'FORCE'],
    ["ATTACH 'x.kuzu' AS o (dbtype kuzu)", 'ATTACH'],
    ['DETACH o', 'DETACH'],
    ['USE o', 'USE'],
    ["EXPORT DATABASE '/tmp/x'", 'EXPORT'],
    ["IMPORT DATABASE '/tmp/x'", 'IMPORT'],
    ['CALL threads = 1', 'threads'],
    ["CALL create_fts_index('Resource', 'i', ['name'])", 'create_fts_index'],
    ['BEGIN TRANSACTION', 'BEGIN'],
    ['CHECKPOINT', 'CHECKPOINT'],
    ["COMMENT ON TABLE Resource IS 'x'", 'COMMENT'],
    ["EXPLAIN CREATE (r:Resource {id: 'x'})", 'CREATE'],
    ["MATCH (r)\n/* hidden */ sEt r.name = 'x' RETURN r", 'sEt'],
    ["RETURN 'it\\'s' + \"a\" LOAD FROM 'x'", 'LOAD'],
  ])('%s is refused by its word', (statement, word) => {
    const error = refused(statement);
    expect(error.code).toBe('query-not-read-only');
    expect(error.details['word']).toBe(word);
    expect(error.message).toContain('line');
  });

  test('names the line and column of the word', () => {
    expect(refused('MATCH (r)\n  SET r.x = 1').details).toMatchObject({ word: 'SET', line: 2, column: 3 });
  });
});

describe('a statement that only reads', () => {
  test.each([
    "MATCH (r:Resource) WHERE r.name CONTAINS 'DELETE; DROP' RETURN r.id",
    'MATCH (r:Resource) RETURN r.set, r.`create`',
    'MATCH (`load`:Resource) RETURN `load`.id',
    'MATCH (a)-[:COPY]->(b) RETURN a, b',
    'CALL show_tables() RETURN *',
    "CALL table_info('Resource') RETURN *",
    'UNWIND range(1, 10) AS x RETURN x',
    'RETURN $set',
  ])('%s goes through', (statement) => {
    expect(guardReadOnly(statement)).toBe(statement);
  });

  test('has blanks for comments, keeps its places and loses the closing semicolon', () => {
    expect(guardReadOnly('/* a */MATCH (r) // all\nRETURN /*\n*/ r /* of it */ ; ')).toBe(
      '       MATCH (r)       \nRETURN   \n   r',
    );
  });
});

describe('a statement that cannot be cut', () => {
  test.each(['', '   ;', "RETURN 'open", 'RETURN `open', 'RETURN 1 /* open', "RETURN 'bad \\x escape'"])(
    '%j fails with its place',
    (statement) => {
      expect(refused(statement).code).toBe('query-failed');
    },
  );

  test('is refused when it is two', () => {
    const error = refused("RETURN 1/* a comment */; // and\nCREATE (r:Resource {id: 'x'})");
    expect(error.message).toContain('One statement at a time');
  });

  test.each([
    'UNWIND range(1, 20000000) AS x RETURN x',
    'RETURN range(1, 10 * 10000000)',
    'MATCH (r) RETURN range(1, r.created_at)',
    "RETURN repeat('ab', 99999 * 99999)",
    "RETURN lpad('a', 200000, 'x')",
  ])('%s could fill the memory and is refused', (statement) => {
    expect(refused(statement).message).toContain('plain numbers');
  });

  test('may repeat and pad what it likes a few times', () => {
    expect(guardReadOnly("MATCH (r) RETURN lpad(r.name, 20, '-')")).toContain('lpad');
  });
});

describe('withLimit', () => {
  test.each([
    ['MATCH (r) RETURN r', 'MATCH (r) RETURN r\nLIMIT 5'],
    ['MATCH (r) RETURN r LIMIT 2', 'MATCH (r) RETURN r LIMIT 2'],
    ['MATCH (r) WITH r LIMIT 2 RETURN r.limit', 'MATCH (r) WITH r LIMIT 2 RETURN r.limit\nLIMIT 5'],
    ['MATCH (a) RETURN a.id UNION MATCH (b) RETURN b.id', 'MATCH (a) RETURN a.id UNION MATCH (b) RETURN b.id'],
    ['CALL show_tables() RETURN *', 'CALL show_tables() RETURN *\nLIMIT 5'],
  ])('%s', (statement, limited) => {
    expect(withLimit(statement, 5)).toBe(limited);
  });
});
