import type { AssetDraft } from './asset-draft.ts';

/** The edge from the resource a name lies in: `…/instances/i/databases/d` is contained in `…/instances/i`. */
export function containedIn(draft: AssetDraft, steps: string): void {
  const at = draft.id.lastIndexOf(`/${steps}/`);
  if (at > 0) draft.from('CONTAINS', draft.id.slice(0, at), { field: 'name' });
}
