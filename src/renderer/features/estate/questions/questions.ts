/** Questions about resources, as they stand in the address. */
export const questions = ['dependents', 'dependencies', 'uses', 'internet', 'path', 'overlaps'] as const;
export type Question = (typeof questions)[number];

export const questionTitles: Record<Question, string> = {
  dependents: 'Depended on by',
  dependencies: 'Depends on',
  uses: 'Used by',
  internet: 'Reachable from the internet',
  path: 'Path to another resource',
  overlaps: 'Networks with addresses in common',
};

/** What a question is about: one resource, what is ticked, or everything under the filter's accounts and regions. */
export type Subject = 'resource' | 'selection' | 'estate';

/** Which questions make sense of which subject, the first being the one to begin with. */
export const questionsOf: Record<Subject, readonly Question[]> = {
  resource: ['dependents', 'dependencies', 'uses', 'internet', 'path'],
  selection: ['dependents', 'dependencies', 'internet'],
  estate: ['internet', 'overlaps'],
};
