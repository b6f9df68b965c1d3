import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactElement } from 'react';
import type { DiscoverableCloud, StepDeclaration } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { FailedNotice, MultiSelect } from '../../../ui/index.ts';
import { kindGroups } from './kind-groups.ts';

export interface KindsFieldProps {
  readonly cloud: DiscoverableCloud;
  readonly kinds: readonly string[];
  readonly onChange: (kinds: string[]) => void;
}

const noSteps: readonly StepDeclaration[] = [];

/** Chooses among the kinds that the steps of a cloud make; none means all of them. */
export function KindsField({ cloud, kinds, onChange }: KindsFieldProps): ReactElement {
  const { api } = useEngine();
  const declared = useQuery(api.discovery.steps.queryOptions());
  const steps = declared.data?.steps ?? noSteps;
  const data = useMemo(() => kindGroups(steps, cloud), [steps, cloud]);
  return (
    <>
      {declared.error !== null && <FailedNotice title="The kinds could not be read." error={errorOf(declared.error)} />}
      <MultiSelect
        label="Kinds"
        description="Leave empty for all of them. What is not listed stays as it was last seen."
        placeholder={kinds.length === 0 ? 'Search the kinds' : ''}
        nothingFoundMessage={declared.isPending ? 'Reading the kinds…' : 'No such kind'}
        data={data}
        value={[...kinds]}
        onChange={onChange}
        searchable
        clearable
        maxDropdownHeight={280}
      />
    </>
  );
}
