import { expect, it } from 'vitest';
import type { SplitGroup, SplitMember } from '#shared/model/index.ts';
import { filesOf } from './files-of.ts';

const member = (address: string, file: string, line: number, group: string): SplitMember => ({
  address,
  type: 'aws_vpc',
  file,
  line,
  group,
  stateful: false,
  pinned: false,
});

it('files stand by name with their resources by line, and the parts these go to in the order they are built', () => {
  const members = [
    member('aws_vpc.b', 'net.tf', 9, 'app'),
    member('aws_vpc.a', 'net.tf', 2, 'net'),
    member('aws_vpc.c', 'app.tf', 1, 'app'),
  ];
  const groups = [{ name: 'net' }, { name: 'app' }] as SplitGroup[];
  const [b, a] = members;
  expect(filesOf({ members, groups }, members)).toEqual([
    { file: 'app.tf', members: [members[2]], total: 1, parts: ['app'] },
    { file: 'net.tf', members: [a, b], total: 2, parts: ['net', 'app'] },
  ]);
  expect(
    filesOf(
      { members, groups },
      [b].flatMap((one) => one ?? []),
    ),
  ).toEqual([{ file: 'net.tf', members: [b], total: 2, parts: ['net', 'app'] }]);
});
