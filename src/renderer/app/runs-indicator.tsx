import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleDashed } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { useEngine } from '../rpc/index.ts';
import { Button, Loader, Popover, RelativeTime, Stack, Text } from '../ui/index.ts';

const moving: ReadonlySet<Deployment['state']> = new Set([
  'RESOLVING',
  'PLANNING',
  'APPROVED',
  'PREFLIGHT',
  'EXECUTING',
  'CANCELLING',
  'RECOVERING',
]);

/** How many discovery runs and deployments run now, and which. */
export function RunsIndicator(): ReactElement {
  const { api } = useEngine();
  const runs = useQuery(api.discovery.runs.queryOptions());
  const deployments = useQuery(api.deployments.list.queryOptions({ input: {} }));
  const running = (runs.data ?? []).filter((run) => run.status === 'running');
  const active = (deployments.data ?? []).filter((deployment) => moving.has(deployment.state));
  const count = running.length + active.length;
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={count > 0 ? <Loader size={14} color="gray" /> : <CircleDashed size={14} aria-hidden />}
        >
          {count === 0 ? 'Nothing runs' : `${count} running`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {count === 0 && <Text c="dimmed">No discovery run and no deployment runs now.</Text>}
          {running.map((run) => (
            <Link key={run.id} to="/estate" search={{ tab: 'runs', run: run.id }}>
              Discovery run {run.id}, started <RelativeTime at={run.startedAt} />
            </Link>
          ))}
          {active.map((deployment) => (
            <Link key={deployment.id} to="/review/$id" params={{ id: deployment.id }}>
              {deployment.blueprint} {deployment.version} → {deployment.environment}: {deployment.state.toLowerCase()}
            </Link>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
