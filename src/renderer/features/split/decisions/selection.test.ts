import { describe, expect, it } from 'vitest';
import { picked, pickOf } from './selection.ts';

const list = ['a', 'b', 'c', 'd'];
const pick = (chosen: readonly string[], address: string, how: 'alone' | 'toggle' | 'range'): readonly string[] =>
  picked(chosen, { address, how, list });

describe('choosing resources', () => {
  it('alone, and not at all when it is picked again', () => {
    expect(pick(['a', 'b'], 'c', 'alone')).toEqual(['c']);
    expect(pick(['a', 'b'], 'a', 'alone')).toEqual(['a']);
    expect(pick(['c'], 'c', 'alone')).toEqual([]);
  });

  it('one more, or one less', () => {
    expect(pick(['a'], 'c', 'toggle')).toEqual(['a', 'c']);
    expect(pick(['a', 'c'], 'a', 'toggle')).toEqual(['c']);
  });

  it('everything between the last and this one, in both directions, without doubles', () => {
    expect(pick(['b'], 'd', 'range')).toEqual(['b', 'c', 'd']);
    expect(pick(['a', 'd'], 'b', 'range')).toEqual(['a', 'd', 'c', 'b']);
    expect(pick([], 'b', 'range')).toEqual(['b']);
    expect(pick(['elsewhere'], 'b', 'range')).toEqual(['elsewhere', 'b']);
  });

  it('by the keys that are held', () => {
    const none = { ctrlKey: false, metaKey: false, shiftKey: false };
    expect(pickOf(none)).toBe('alone');
    expect(pickOf({ ...none, metaKey: true })).toBe('toggle');
    expect(pickOf({ ...none, ctrlKey: true, shiftKey: true })).toBe('range');
  });
});
