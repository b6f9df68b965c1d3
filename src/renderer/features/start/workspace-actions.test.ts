import { describe, expect, it } from 'vitest';
import { folderIn, freeName, nameOfFolder } from './workspace-actions.ts';

describe('folders for workspaces', () => {
  it.each([
    ['/home/ada/plans', 'plans'],
    ['/home/ada/plans/', 'plans'],
    [String.raw`C:\Users\ada\plans`, 'plans'],
  ])('%s is called %s', (path, name) => {
    expect(nameOfFolder(path)).toBe(name);
  });

  it('joins with the separator of the system it runs on', () => {
    expect(folderIn('/home/ada', 'sample')).toBe('/home/ada/sample');
    expect(folderIn('/', 'sample')).toBe('/sample');
    expect(folderIn(String.raw`C:\Users\ada`, 'sample')).toBe(String.raw`C:\Users\ada\sample`);
  });

  it('counts on to a name that is free', () => {
    expect(freeName('sample', ['other'])).toBe('sample');
    expect(freeName('sample', ['sample', 'sample-2', 'sample-4'])).toBe('sample-3');
  });
});
