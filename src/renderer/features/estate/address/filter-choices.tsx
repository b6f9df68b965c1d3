import type { ReactElement } from 'react';
import { managedFilterSchema, type EstateFilter, type Run } from '#shared/model/index.ts';
import type { Engine } from '../../../rpc/index.ts';
import { absoluteText, Checkbox, MultiSelect, Select, TagsInput } from '../../../ui/index.ts';
import { tagOfText, textOfTag } from './address.ts';

type Facets = Awaited<ReturnType<Engine['client']['estate']['facets']>>;

/** A list that is drawn elsewhere in the page counts as outside: a click in it would close the filter unheard. */
const insidePopover = { withinPortal: false };

export interface FilterChoicesProps {
  filter: EstateFilter;
  /** Undefined while they are counted. */
  facets: Facets | undefined;
  runs: readonly Run[];
  onFilter: (filter: EstateFilter) => void;
}

/** What the estate can be filtered by, with how many resources each choice has under the present filter. */
export function FilterChoices({ filter, facets, runs, onFilter }: FilterChoicesProps): ReactElement {
  return (
    <>
      <MultiSelect
        comboboxProps={insidePopover}
        label="Account"
        searchable
        clearable
        data={choices(
          facets?.scopes.map(({ value, label, count }) => ({ value, label: `${label} (${count})` })),
          filter.scopes,
        )}
        value={filter.scopes}
        onChange={(scopes) => onFilter({ ...filter, scopes })}
      />
      <MultiSelect
        comboboxProps={insidePopover}
        label="Region"
        searchable
        clearable
        data={choices(counted(facets?.regions), filter.regions)}
        value={filter.regions}
        onChange={(regions) => onFilter({ ...filter, regions })}
      />
      <MultiSelect
        comboboxProps={insidePopover}
        label="Kind"
        searchable
        clearable
        data={choices(counted(facets?.kinds), filter.kinds)}
        value={filter.kinds}
        onChange={(kinds) => onFilter({ ...filter, kinds })}
      />
      <TagsInput
        comboboxProps={insidePopover}
        label="Tag"
        description="key, or key=value"
        data={[...new Set((facets?.tagKeys ?? []).map((facet) => facet.value))]}
        value={filter.tags.map(textOfTag)}
        onChange={(tags) => onFilter({ ...filter, tags: tags.map(tagOfText) })}
      />
      <Select
        comboboxProps={insidePopover}
        label="Managed"
        data={[
          { value: 'any', label: 'Managed or not' },
          { value: 'managed', label: 'Managed by an environment or a state' },
          { value: 'unmanaged', label: 'Not managed' },
          { value: 'gone', label: 'Managed, but gone' },
        ]}
        value={filter.managed}
        onChange={(value) => onFilter({ ...filter, managed: managedFilterSchema.catch('any').parse(value) })}
        allowDeselect={false}
      />
      <Select
        comboboxProps={insidePopover}
        label="Last seen"
        data={[
          { value: 'any', label: 'Whenever' },
          { value: 'fresh', label: 'When its place was last listed' },
          { value: 'stale', label: 'Before: its place could not be read since' },
        ]}
        value={filter.seen}
        onChange={(value) => onFilter({ ...filter, seen: value === 'fresh' || value === 'stale' ? value : 'any' })}
        allowDeselect={false}
      />
      <Select
        comboboxProps={insidePopover}
        label="Changed since"
        clearable
        placeholder="any time"
        data={runs.map((run) => ({ value: String(run.id), label: `run ${run.id}, ${absoluteText(run.startedAt)}` }))}
        value={filter.changedSinceRun === null ? null : String(filter.changedSinceRun)}
        onChange={(value) => onFilter({ ...filter, changedSinceRun: value === null ? null : Number(value) })}
      />
      <Checkbox
        label="Also what is referred to but was not discovered"
        checked={filter.includeStubs}
        onChange={(event) => onFilter({ ...filter, includeStubs: event.currentTarget.checked })}
      />
      <Checkbox
        label="Only stale: carried forward, because the newest run could not look"
        checked={filter.onlyStale}
        onChange={(event) => onFilter({ ...filter, onlyStale: event.currentTarget.checked })}
      />
    </>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function counted(facets: readonly { readonly value: string; readonly count: number }[] | undefined) {
  return facets?.map(({ value, count }) => ({ value, label: `${value} (${count})` }));
}

/** The choices, with those already made even where they have no resource now. */
function choices(offered: readonly Choice[] | undefined, made: readonly string[]): Choice[] {
  const list = [...(offered ?? [])];
  const known = new Set(list.map((choice) => choice.value));
  for (const value of made) if (!known.has(value)) list.push({ value, label: value });
  return list;
}
