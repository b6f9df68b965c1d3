import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Draft, PaletteItem } from '#shared/model/index.ts';
import { CanvasProvider, CanvasView, useCanvas, useCanvasStore } from '../../../canvas/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, CodeBlock, Inspector, PartialNotice, Screen, SplitPane } from '../../../ui/index.ts';
import { CanvasInspector } from '../inspector/canvas-inspector.tsx';
import { useDraftSession, type ReadableDraft } from '../session/use-draft-session.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { EditorActions } from './editor-actions.tsx';
import { PalettePanel } from './palette-panel.tsx';
import { countProblems, ProblemsPanel } from './problems-panel.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SaveStatus } from './save-status.tsx';
import { UnreadableDraft } from './unreadable-draft.tsx';
import { useEditorPanels } from './use-editor-panels.ts';
import { useProblems } from './use-problems.ts';
import { useSaveKey } from './use-save-key.ts';

/** The editor of one draft. */
export function EditorScreen({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const draft = useQuery(api.blueprints.get.queryOptions({ input: { name } }));
  const palette = useQuery(api.blueprints.palette.queryOptions());
  const info = useQuery(api.system.info.queryOptions());
  const [readable, setReadable] = useState<ReadableDraft | null>(null);
  const data = draft.data;
  // The last readable form stays open when somebody breaks the file: what is edited here must not vanish.
  if (data !== undefined && isReadable(data) && data !== readable) setReadable(data);
  return (
    <QueryView
      query={draft}
      loading={`Reading the blueprint ${name}`}
      failed={`The blueprint ${name} could not be read`}
    >
      {(current) => (
        <QueryView query={palette} loading="Reading the palette" failed="The palette could not be read">
          {(items) =>
            readable === null || readable.name !== name ? (
              <UnreadableDraft draft={current} />
            ) : (
              <Editor
                key={name}
                workspace={info.data?.workspace?.path ?? ''}
                draft={readable}
                onDisk={current}
                palette={items}
              />
            )
          }
        </QueryView>
      )}
    </QueryView>
  );
}

function isReadable(draft: Draft): draft is ReadableDraft {
  return draft.document !== null;
}

function Editor(props: {
  workspace: string;
  draft: ReadableDraft;
  onDisk: Draft;
  palette: readonly PaletteItem[];
}): ReactElement {
  const { store, saveNow } = useDraftSession(props.workspace, props.draft, props.palette);
  return (
    <CanvasProvider store={store}>
      <EditorFrame onDisk={props.onDisk} saveNow={saveNow} />
    </CanvasProvider>
  );
}

function EditorFrame({ onDisk, saveNow }: { onDisk: Draft; saveNow: () => Promise<void> }): ReactElement {
  const store = useCanvasStore();
  const document = useCanvas((state) => state.model.document);
  const problems = useProblems(onDisk);
  const [publishing, setPublishing] = useState(false);
  const panels = useEditorPanels();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const view = search['view'] === 'yaml' ? 'yaml' : 'canvas';
  useSaveKey(saveNow);
  const nodes = Object.keys(document.nodes).length;
  const write = () => {
    // What is in the file cannot be read, so there is nothing to bring together: the canvas is written over it.
    store.getState().diskGivenUp(onDisk.revision);
    void saveNow();
  };
  return (
    <Screen
      title={document.blueprint}
      state={
        <>
          {`${document.version} · ${document.boundary} · ${nodes} nodes · ${countProblems(problems)} `}
          <SaveStatus onSave={() => void saveNow()} />
        </>
      }
      actions={
        <EditorActions
          name={onDisk.name}
          view={view}
          panels={panels}
          onSave={() => void saveNow()}
          onPublish={() => setPublishing(true)}
        />
      }
    >
      {view === 'yaml' ? (
        <div style={{ padding: 16 }}>
          <CodeBlock text={onDisk.text} label={`blueprints/${onDisk.name}/blueprint.yaml`} />
        </div>
      ) : (
        <SplitPane
          id="blueprint.palette"
          at="left"
          initial={220}
          min={140}
          max={480}
          label="Width of the palette"
          closed={!panels.palette}
          side={<PalettePanel />}
        >
          <SplitPane
            id="blueprint.problems"
            at="bottom"
            initial={120}
            min={32}
            max={480}
            label="Height of the problems list"
            closed={problems.length === 0}
            side={<ProblemsPanel problems={problems} />}
          >
            {onDisk.document === null && (
              <PartialNotice
                action={
                  <Button variant="default" onClick={write}>
                    Write the canvas over the file
                  </Button>
                }
              >
                The file on disk cannot be read as a blueprint any more; the problems list says why. What is on the
                canvas is kept here and not written until the file is mended or you write over it.
              </PartialNotice>
            )}
            <CanvasView />
          </SplitPane>
        </SplitPane>
      )}
      {panels.inspector && (
        <Inspector>
          <CanvasInspector />
        </Inspector>
      )}
      <ConflictDialog />
      {publishing && <PublishDialog problems={problems} saveNow={saveNow} onClose={() => setPublishing(false)} />}
    </Screen>
  );
}
