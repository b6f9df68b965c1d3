import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GitCompareArrows, RefreshCw } from 'lucide-react';
import type { ReactElement } from 'react';
import type { DriftReport, Environment } from '#shared/model/index.ts';
import { errorOf, QueryView, useEngine } from '../../rpc/index.ts';
import { Button, EmptyState, FailedNotice, Screen } from '../../ui/index.ts';
import { DriftDetail } from './drift-detail.tsx';
import { driftState } from './drift-state.ts';
import { EnvironmentList } from './environment-list.tsx';
import classes from './drift.module.css';

/** What moved since it was deployed: environments on the left, the differences of one on the right. */
export function DriftScreen({ environment }: { environment: string | null }): ReactElement {
  const { api } = useEngine();
  const environments = useQuery(api.catalog.environments.queryOptions());
  const reports = useQuery(api.drift.list.queryOptions());
  return (
    <QueryView query={environments} loading="Reading the environments" failed="The environments could not be read">
      {({ environments: all }) => (
        <QueryView query={reports} loading="Reading the reports" failed="The drift reports could not be read">
          {(known) => <Loaded environments={all.filter(isDeployed)} reports={known} chosen={environment} />}
        </QueryView>
      )}
    </QueryView>
  );
}

interface LoadedProps {
  environments: readonly Environment[];
  reports: readonly DriftReport[];
  chosen: string | null;
}

function Loaded({ environments, reports, chosen }: LoadedProps): ReactElement {
  const { client, api } = useEngine();
  const checkAll = useMutation({
    mutationKey: api.drift.check.mutationKey(),
    // One after the other: each runs the infrastructure tool, and a person reads them one by one.
    mutationFn: async () => {
      for (const { name } of environments) await client.drift.check({ environment: name });
    },
  });
  if (environments.length === 0) {
    return (
      <Screen title="Drift">
        <EmptyState
          title="Nothing is deployed yet"
          icon={<GitCompareArrows size={24} aria-hidden />}
          action={
            <Button component={Link} to="/catalog">
              Open the catalog
            </Button>
          }
        >
          Once an environment runs, this screen compares it with what was deployed, attribute by attribute.
        </EmptyState>
      </Screen>
    );
  }
  const name = chosen ?? environments[0]?.name ?? null;
  const selected = environments.find((one) => one.name === name) ?? null;
  const drifted = reports.filter((report) => driftState(report).tone === 'attention').length;
  return (
    <Screen
      title="Drift"
      state={`${environments.length} ${environments.length === 1 ? 'environment' : 'environments'}, ${drifted} drifted`}
      actions={
        <Button
          leftSection={<RefreshCw size={14} aria-hidden />}
          loading={checkAll.isPending}
          onClick={() => checkAll.mutate()}
        >
          Check all
        </Button>
      }
    >
      {checkAll.error !== null && <FailedNotice title="Checking stopped." error={errorOf(checkAll.error)} />}
      <div className={classes.columns}>
        <EnvironmentList environments={environments} reports={reports} selected={name} />
        {selected === null ? (
          <EmptyState title={`There is no environment ${name ?? ''}`}>Choose one on the left.</EmptyState>
        ) : (
          <DriftDetail
            key={selected.name}
            environment={selected}
            report={reports.find((report) => report.environment === selected.name) ?? null}
          />
        )}
      </div>
    </Screen>
  );
}

function isDeployed(environment: Environment): boolean {
  return environment.lastDeployment !== null && environment.status !== 'proposed' && environment.status !== 'removed';
}
