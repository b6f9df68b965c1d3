import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useEngine } from '../../../rpc/index.ts';
import { Select, useDebouncedValue } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { emptyFilter } from '../address/chips.ts';
import { useSelectionStore } from '../selection-store.ts';

const mostOffered = 20;

export interface ResourcePickerProps {
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Chooses one resource by what the estate's search understands; what is ticked is offered before anything is typed. */
export function ResourcePicker({ label, value, onChange }: ResourcePickerProps): ReactElement {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const picked = useSelectionStore((state) => state.picked);
  const { api } = useEngine();
  const asOf = useAsOf();
  const chosen = useQuery(
    api.estate.resource.queryOptions({ input: value === null ? skipToken : { asOf, id: value } }),
  );
  const titleOfChosen = chosen.data === undefined ? value : titleOf(chosen.data.row);
  const isTyped = asked !== '' && asked !== titleOfChosen;
  const ticked = [...picked.keys()].slice(0, mostOffered);
  const found = useQuery(
    api.estate.search.queryOptions({
      input: isTyped
        ? { asOf, filter: { ...emptyFilter, text: asked, includeStubs: true }, limit: mostOffered }
        : ticked.length > 0
          ? { asOf, filter: { ...emptyFilter, ids: ticked }, limit: mostOffered }
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
  const offered = new Map((found.data?.rows ?? []).map((row) => [row.id, titleOf(row)]));
  if (value !== null && titleOfChosen !== null) offered.set(value, titleOfChosen);
  return (
    <Select
      label={label}
      placeholder="Name, id, env=prod, 10.1.2.3"
      searchable
      clearable
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      // The engine has chosen what fits.
      filter={({ options }) => options}
      data={[...offered].map(([id, title]) => ({ value: id, label: title }))}
      nothingFoundMessage={
        isTyped ? (found.isFetching ? 'Searching the estate…' : 'Nothing matches.') : 'Type to search the estate.'
      }
    />
  );
}

function titleOf(row: { readonly name: string; readonly nativeId: string; kind: string; region: string }): string {
  return `${row.name === '' ? row.nativeId : row.name} · ${row.kind} · ${row.region}`;
}
