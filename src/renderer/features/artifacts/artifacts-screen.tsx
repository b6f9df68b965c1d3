import type { ReactElement } from 'react';
import { ArtifactDetail } from './detail/artifact-detail.tsx';
import { ArtifactsList } from './list/artifacts-list.tsx';

/** Imported infrastructure code with typed inputs and outputs. */
export function ArtifactsScreen({ name }: { name: string | null }): ReactElement {
  return name === null ? <ArtifactsList /> : <ArtifactDetail key={name} name={name} />;
}
