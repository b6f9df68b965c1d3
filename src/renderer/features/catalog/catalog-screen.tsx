import type { ReactElement } from 'react';
import { CatalogDetail } from './detail/catalog-detail.tsx';
import { CatalogList } from './list/catalog-list.tsx';

/** Published versions and who may deploy them. */
export function CatalogScreen({ name }: { name: string | null }): ReactElement {
  return name === null ? <CatalogList /> : <CatalogDetail key={name} name={name} />;
}
