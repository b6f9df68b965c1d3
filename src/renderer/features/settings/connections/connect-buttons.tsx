import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { type DiscoverableCloud, discoverableClouds } from '#shared/model/index.ts';
import { Button, Group } from '../../../ui/index.ts';
import { cloudNames } from './connection-form.ts';

/** One button for each cloud that can be connected. */
export function ConnectButtons(props: {
  disabled?: boolean;
  onConnect: (cloud: DiscoverableCloud) => void;
}): ReactElement {
  return (
    <Group gap={8}>
      {discoverableClouds.map((cloud) => (
        <Button
          key={cloud}
          variant="default"
          disabled={props.disabled ?? false}
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => props.onConnect(cloud)}
        >
          Connect {cloudNames[cloud]}
        </Button>
      ))}
    </Group>
  );
}
