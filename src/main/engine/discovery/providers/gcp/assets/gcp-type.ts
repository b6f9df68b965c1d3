import type { Category, RelationshipType } from '#shared/model/index.ts';
import type { AssetDraft } from './asset-draft.ts';

/** One type of asset as data, with the pure function that reads its body. */
export interface GcpType {
  /** As Google names it, for example `compute.googleapis.com/Network`. */
  readonly assetType: string;
  readonly category: Category;
  readonly relationships: readonly RelationshipType[];
  /** Adds to the draft what the body tells beyond what all bodies tell. */
  readonly convert?: (draft: AssetDraft) => void;
}

/** The kind of a type: its service and name, `gcp.compute.network`. */
export function kindOfType(assetType: string): string {
  const [host = '', name = ''] = assetType.split('/');
  // Objects inside clusters have hosts such as `apps.k8s.io`.
  const service = host.endsWith('.googleapis.com')
    ? host.slice(0, -'.googleapis.com'.length)
    : host.replaceAll('.', '-');
  return `gcp.${service}.${name.toLowerCase()}`;
}

/** Types of one service under one host, with the host written once. */
export function typesOf(host: string, types: Readonly<Record<string, Omit<GcpType, 'assetType'>>>): readonly GcpType[] {
  return Object.entries(types).map(([name, type]) => ({ assetType: `${host}/${name}`, ...type }));
}
