import type { ReactElement } from 'react';
import { EditorScreen } from './editor/editor-screen.tsx';
import { DraftsScreen } from './list/drafts-screen.tsx';

/** Drafts and their canvas. */
export function BlueprintsScreen({ name }: { name: string | null }): ReactElement {
  return name === null ? <DraftsScreen /> : <EditorScreen key={name} name={name} />;
}
