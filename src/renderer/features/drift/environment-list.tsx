import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { DriftReport, Environment } from '#shared/model/index.ts';
import { RelativeTime, StatusBadge } from '../../ui/index.ts';
import { driftState } from './drift-state.ts';
import classes from './drift.module.css';

interface EnvironmentListProps {
  environments: readonly Environment[];
  reports: readonly DriftReport[];
  selected: string | null;
}

/** The environments that run, each with how it stands. */
export function EnvironmentList({ environments, reports, selected }: EnvironmentListProps): ReactElement {
  return (
    <nav aria-label="Environments" className={classes.environments}>
      {environments.map((environment) => {
        const report = reports.find((one) => one.environment === environment.name) ?? null;
        const state = driftState(report);
        return (
          <Link
            key={environment.name}
            to="/drift/$environment"
            params={{ environment: environment.name }}
            className={classes.environment}
            aria-current={environment.name === selected ? 'page' : undefined}
          >
            <strong>{environment.name}</strong>
            <span className={classes.dim}>
              {environment.blueprint} {environment.version} · {environment.target.region}
            </span>
            <span className={classes.line}>
              <StatusBadge tone={state.tone}>{state.text}</StatusBadge>
              {report !== null && <RelativeTime at={report.checkedAt} />}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
