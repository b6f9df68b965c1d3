import { describe, expect, it } from 'vitest';
import { bounded, decided, moved, redone, released, renamed, startOfHistory, undone } from './decision-history.ts';

const start = startOfHistory.present;

describe('the history of decisions', () => {
  it('goes back to the beginning and forth again, until something else is decided', () => {
    const one = decided(startOfHistory, moved(start, ['aws_vpc.a'], 'network'));
    const two = decided(one, moved(one.present, ['aws_vpc.b'], 'network'));
    expect(undone(undone(two)).present).toEqual(start);
    expect(redone(redone(undone(undone(two))))).toEqual(two);
    expect(undone(startOfHistory)).toBe(startOfHistory);
    expect(redone(two)).toBe(two);
    const other = decided(undone(two), moved(one.present, ['aws_vpc.c'], 'data'));
    expect(other.future).toEqual([]);
    expect(Object.keys(other.present.pins)).toEqual(['aws_vpc.a', 'aws_vpc.c']);
  });

  it('takes no step for what changes nothing', () => {
    expect(decided(startOfHistory, released(start, ['aws_vpc.none']))).toBe(startOfHistory);
  });
});

describe('decisions', () => {
  it('follow a part to its new name, and give the proposed one back', () => {
    const pinned = moved(start, ['aws_vpc.a'], 'vpc-main');
    const network = renamed(pinned, { name: 'vpc-main', proposedName: 'vpc-main' }, 'network');
    expect(network).toMatchObject({ pins: { 'aws_vpc.a': 'network' }, names: { 'vpc-main': 'network' } });
    expect(renamed(network, { name: 'network', proposedName: 'vpc-main' }, 'vpc-main')).toEqual(pinned);
    expect(released(pinned, ['aws_vpc.a'])).toEqual(start);
  });

  it('give a part a boundary that follows its name, and the proposed one is none', () => {
    const part = { name: 'vpc-main', proposedName: 'vpc-main', proposedBoundary: 'networking' } as const;
    const secured = bounded(start, part, 'security');
    expect(secured.boundaries).toEqual({ 'vpc-main': 'security' });
    expect(renamed(secured, part, 'network').boundaries).toEqual({ network: 'security' });
    expect(bounded(secured, part, 'networking')).toEqual(start);
  });
});
