import { Pencil, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { InstanceSelection, ScopeNode } from '#shared/model/index.ts';
import { ActionIcon, Button, CloseButton, Tooltip } from '../../../ui/index.ts';
import classes from '../patterns.module.css';
import { describeInstance } from './describe-instance.ts';
import { InstanceDialog } from './instance-dialog.tsx';

export interface InstanceBarProps {
  instances: readonly InstanceSelection[];
  scopes: readonly ScopeNode[];
  nameOfScope: (id: string) => string;
  onChange: (instances: readonly InstanceSelection[]) => void;
}

/** The instances that are compared; each can be changed or taken away. */
export function InstanceBar({ instances, scopes, nameOfScope, onChange }: InstanceBarProps): ReactElement {
  const [editing, setEditing] = useState<InstanceSelection | null>(null);
  return (
    <div className={classes.bar} role="group" aria-label="Instances">
      {instances.map((instance) => (
        <Tooltip key={instance.name} label={describeInstance(instance, nameOfScope)}>
          <span className={classes.instance}>
            <strong>{instance.name}</strong>
            <ActionIcon size={20} aria-label={`Change ${instance.name}`} onClick={() => setEditing(instance)}>
              <Pencil size={12} aria-hidden />
            </ActionIcon>
            <CloseButton
              size="xs"
              aria-label={`Remove ${instance.name}`}
              onClick={() => onChange(instances.filter((other) => other !== instance))}
            />
          </span>
        </Tooltip>
      ))}
      <AddInstance
        label="Add an instance"
        scopes={scopes}
        taken={instances.map((instance) => instance.name)}
        onAdd={(instance) => onChange([...instances, instance])}
      />
      {instances.length > 0 && (
        <Button variant="subtle" color="gray" onClick={() => onChange([])}>
          Back to the candidates
        </Button>
      )}
      <InstanceDialog
        opened={editing !== null}
        instance={editing}
        scopes={scopes}
        taken={instances.map((instance) => instance.name)}
        onClose={() => setEditing(null)}
        onDone={(changed) => {
          onChange(instances.map((other) => (other === editing ? changed : other)));
          setEditing(null);
        }}
      />
    </div>
  );
}

/** A button that asks for one more instance. */
export function AddInstance(props: {
  label: string;
  scopes: readonly ScopeNode[];
  taken: readonly string[];
  onAdd: (instance: InstanceSelection) => void;
}): ReactElement {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {props.label}
      </Button>
      <InstanceDialog
        opened={opened}
        instance={null}
        scopes={props.scopes}
        taken={props.taken}
        onClose={() => setOpened(false)}
        onDone={(instance) => {
          setOpened(false);
          props.onAdd(instance);
        }}
      />
    </>
  );
}
