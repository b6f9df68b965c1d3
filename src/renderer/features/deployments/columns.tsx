import type { Deployment } from '#shared/model/index.ts';
import { StatusBadge, type DataColumn } from '../../ui/index.ts';
import { deploymentLook } from './state-look.ts';

/** Columns that every list of deployments shows alike. */
export const stateColumn: DataColumn<Deployment> = {
  id: 'state',
  title: 'State',
  width: 190,
  sortBy: (one) => one.state,
  cell: (one) => {
    const look = deploymentLook(one.state);
    return <StatusBadge tone={look.tone}>{look.text}</StatusBadge>;
  },
};

export const blueprintColumn: DataColumn<Deployment> = {
  id: 'blueprint',
  title: 'Blueprint',
  width: 240,
  sortBy: (one) => one.blueprint,
  cell: (one) => `${one.blueprint} ${one.version}`,
};
