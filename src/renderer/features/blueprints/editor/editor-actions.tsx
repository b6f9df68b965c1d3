import { Link, useNavigate } from '@tanstack/react-router';
import { PanelLeft, PanelRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { ActionIcon, Button, SegmentedControl, Tooltip } from '../../../ui/index.ts';
import type { EditorPanels } from './use-editor-panels.ts';

export interface EditorActionsProps {
  readonly name: string;
  readonly view: 'canvas' | 'yaml';
  readonly panels: EditorPanels;
  readonly onSave: () => void;
  readonly onPublish: () => void;
}

/** What can be done with the draft as a whole. */
export function EditorActions(props: EditorActionsProps): ReactElement {
  const { name, view, panels } = props;
  const navigate = useNavigate();
  return (
    <>
      <SegmentedControl
        aria-label="View"
        value={view}
        data={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'yaml', label: 'YAML' },
        ]}
        onChange={(next) =>
          void navigate({
            to: '/blueprints/$name',
            params: { name: name },
            search: next === 'yaml' ? { view: 'yaml' } : {},
          })
        }
      />
      <Tooltip label={panels.palette ? 'Hide palette' : 'Show palette'}>
        <ActionIcon aria-label={panels.palette ? 'Hide palette' : 'Show palette'} onClick={panels.togglePalette}>
          <PanelLeft size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={panels.inspector ? 'Hide inspector' : 'Show inspector'}>
        <ActionIcon
          aria-label={panels.inspector ? 'Hide inspector' : 'Show inspector'}
          onClick={panels.toggleInspector}
        >
          <PanelRight size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Link to="/catalog/$name" params={{ name: name }}>
        Published versions
      </Link>
      <Button variant="default" onClick={props.onSave}>
        Save
      </Button>
      <Button onClick={props.onPublish}>Publish</Button>
    </>
  );
}
