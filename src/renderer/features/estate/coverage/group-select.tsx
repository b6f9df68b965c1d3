import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CoverageFilter, CoverageGrouping } from '#shared/model/index.ts';
import { useEngine } from '../../../rpc/index.ts';
import { MultiSelect, useDebouncedValue } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';

export interface GroupSelectProps {
  label: string;
  by: CoverageGrouping;
  filter: CoverageFilter;
  nameOf: (scope: string) => string;
  onFilter: (filter: CoverageFilter) => void;
}

/** Choices offered at once; typing finds the others. */
const mostOffered = 50;

const fieldOf = { scope: 'scopes', region: 'regions', kind: 'kinds', permission: 'permissions' } as const;

/** Accounts, regions, kinds or permissions to restrict the cells to, with how many cells each has. */
export function GroupSelect({ label, by, filter, nameOf, onFilter }: GroupSelectProps): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 150);
  const field = fieldOf[by];
  const made = filter[field];
  // Counted as if nothing of its own were chosen, so that more can be.
  const input = { asOf, filter: { ...filter, [field]: [] }, by, text, limit: mostOffered };
  const groups = useQuery(api.coverage.groups.queryOptions({ input, placeholderData: keepPreviousData }));
  const nameOfValue = (value: string) => (by === 'scope' ? nameOf(value) : value);
  const offered = (groups.data?.rows ?? []).map(({ value, cells }) => ({
    value,
    label: `${nameOfValue(value)} (${cells.toLocaleString('en')})`,
  }));
  const known = new Set(offered.map(({ value }) => value));
  const others = made.filter((value) => !known.has(value)).map((value) => ({ value, label: nameOfValue(value) }));
  return (
    <MultiSelect
      // A list that is drawn elsewhere in the page counts as outside: a click in it would close the filter unheard.
      comboboxProps={{ withinPortal: false }}
      label={label}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      // The engine has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={groups.isError ? 'These could not be read.' : 'None.'}
      data={[...offered, ...others]}
      value={made}
      onChange={(values) => onFilter({ ...filter, [field]: values })}
    />
  );
}
