import { describe, expect, it } from 'vitest';
import { problemsOfRenames } from './renames.ts';

describe('new names for inputs', () => {
  it('are fine when unlike and well formed', () => {
    expect(problemsOfRenames(['cidr_block', 'size'], { cidr_block: 'cidr' })).toEqual({});
  });

  it('are refused when two are alike or one is not a name', () => {
    expect(problemsOfRenames(['a', 'b', 'c'], { a: 'b', c: 'Big-Name' })).toEqual({
      a: 'Two inputs have this name.',
      b: 'Two inputs have this name.',
      c: 'Use lower-case letters, digits and underscores.',
    });
  });
});
