import type { ScopeFact } from '#shared/model/index.ts';

/** Projects of Google Cloud go by id and by number, and either may stand in a name: both name the same. */
export interface ProjectNumbers {
  /** The same name with its project by id, where that is known. */
  byId(name: string): string;
  /** The same name with its project by number, where that is known. */
  byNumber(name: string): string;
}

/** `//service/projects/P/…`, also with folders in between, `projects/P/…` as bodies write it, and `gcp:project:P`. */
const projectForm = /^(\/\/[^/]+\/(?:[^/]+\/)?projects\/|projects\/|gcp:project:)([^/#]+)/;

/** Reads numbers and ids of projects from scopes; what these do not tell stays as it is written. */
export function createProjectNumbers(scopes: Iterable<ScopeFact>): ProjectNumbers {
  const ids = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const { cloud, nativeId, number } of scopes) {
    if (cloud !== 'gcp' || number === undefined || number === nativeId) continue;
    ids.set(number, nativeId);
    numbers.set(nativeId, number);
  }

  function replaced(name: string, others: ReadonlyMap<string, string>): string {
    if (others.size === 0 || !/^[/pg]/.test(name)) return name;
    const [head, before = '', project = ''] = projectForm.exec(name) ?? [];
    const other = others.get(project);
    return head === undefined || other === undefined ? name : `${before}${other}${name.slice(head.length)}`;
  }

  return { byId: (name) => replaced(name, ids), byNumber: (name) => replaced(name, numbers) };
}

/** The scopes without those that are a project by its number, where the same one is known by its id. */
export function oneNameEach(scopes: Iterable<ScopeFact>, projects: ProjectNumbers): readonly ScopeFact[] {
  return [...scopes].filter(({ id }) => projects.byId(id) === id);
}
