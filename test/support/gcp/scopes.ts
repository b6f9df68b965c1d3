import type { FakeScope } from './make-asset.ts';

export interface CompanyScopes {
  readonly organization: FakeScope;
  readonly folders: { readonly shared: FakeScope; readonly shop: FakeScope };
  readonly projects: {
    readonly network: FakeScope;
    readonly production: FakeScope;
    readonly staging: FakeScope;
    readonly data: FakeScope;
  };
}

export function organizationOf(number: string): FakeScope {
  return { id: number, number, ancestors: [`organizations/${number}`] };
}

export function folderOf(number: string, parent: FakeScope): FakeScope {
  return { id: number, number, ancestors: [`folders/${number}`, ...parent.ancestors] };
}

export function projectOf(id: string, place: { readonly number: string; readonly parent: FakeScope }): FakeScope {
  const { number, parent } = place;
  return { id, number, ancestors: [`projects/${number}`, ...parent.ancestors] };
}
