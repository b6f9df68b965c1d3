import { expect, test } from 'vitest';
import { csvOfRows } from '#shared/base/csv.ts';
import type { RunDifference } from '#shared/model/index.ts';
import { rowsOfDifferences } from './export-differences.ts';

const vpc = { cloud: 'aws', kind: 'aws.ec2.vpc', name: 'main', nativeId: 'vpc-1', scopeId: 's', region: 'r' } as const;

test('differences become one row for each attribute, and one for what came or went', () => {
  const differences: readonly RunDifference[] = [
    { ...vpc, id: 'a', change: 'added', changes: [], unread: false },
    {
      ...vpc,
      id: 'b',
      change: 'changed',
      unread: false,
      changes: [
        { path: 'tags.env', before: null, after: '=prod' },
        { path: 'Rules', before: [{ Port: 1 }], after: [] },
      ],
    },
  ];
  expect(csvOfRows(rowsOfDifferences(differences)).split('\r\n')).toEqual([
    'change,kind,name,id,scope,region,attribute,before,after',
    'added,aws.ec2.vpc,main,a,s,r,,,',
    "changed,aws.ec2.vpc,main,b,s,r,tags.env,,'=prod",
    'changed,aws.ec2.vpc,main,b,s,r,Rules,"[{""Port"":1}]",[]',
    '',
  ]);
});
