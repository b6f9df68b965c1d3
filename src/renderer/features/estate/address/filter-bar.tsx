import { skipToken, useQuery } from '@tanstack/react-query';
import { Plus, Search } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';
import { useEngine } from '../../../rpc/index.ts';
import { Button, CloseButton, Popover, Stack, TextInput, useDebouncedCallback } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import classes from '../estate.module.css';
import { titleOfScope } from '../scopes/scope-rows.ts';
import { FilterChoices } from './filter-choices.tsx';
import { chipsOfFilter, emptyFilter } from './chips.ts';

export interface FilterBarProps {
  filter: EstateFilter;
  /** As the engine is asked, for the counts. */
  engineFilter: EstateFilter;
  scopes: readonly ScopeNode[];
  onFilter: (filter: EstateFilter, typing?: boolean) => void;
}

/** Search, and every restriction as a chip that can be taken away. */
export function FilterBar({ filter, engineFilter, scopes, onFilter }: FilterBarProps): ReactElement {
  const [typed, setTyped] = useState(filter.text);
  const [told, setTold] = useState(filter.text);
  const [adding, setAdding] = useState(false);
  const { api } = useEngine();
  const asOf = useAsOf();
  const facets = useQuery(
    api.estate.facets.queryOptions({ input: adding ? { asOf, filter: engineFilter } : skipToken }),
  );
  const runs = useQuery(api.discovery.runs.queryOptions({ input: adding ? undefined : skipToken }));
  const tell = useDebouncedCallback((text: string) => {
    setTold(text);
    onFilter({ ...filter, text }, true);
  }, 180);
  // The address may change by other ways than typing: back, a chip, the command palette.
  if (filter.text !== told) {
    setTold(filter.text);
    setTyped(filter.text);
  }
  const names = new Map(scopes.map((scope) => [scope.id, titleOfScope(scope)]));
  const chips = chipsOfFilter(filter, (id) => names.get(id) ?? id);
  return (
    <div className={classes.bar}>
      <TextInput
        style={{ flex: '1 1 260px', maxWidth: 420 }}
        aria-label="Search the estate"
        placeholder="Name, id, env=prod, 10.1.2.3, 10.0.0.0/8, kind"
        leftSection={<Search size={14} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
        rightSection={
          typed === '' ? null : (
            <CloseButton
              size="xs"
              aria-label="Clear the search"
              onClick={() => {
                setTyped('');
                tell('');
              }}
            />
          )
        }
      />
      <div className={classes.chips}>
        {chips.map((chip) => (
          <span key={chip.id} className={classes.chip}>
            {chip.label}
            <CloseButton size="xs" aria-label={`Remove ${chip.label}`} onClick={() => onFilter(chip.without)} />
          </span>
        ))}
        <Popover opened={adding} onChange={setAdding} position="bottom-start" width={360} trapFocus>
          <Popover.Target>
            <Button variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={() => setAdding(!adding)}>
              Filter
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap={12}>
              <FilterChoices filter={filter} facets={facets.data} runs={runs.data ?? []} onFilter={onFilter} />
            </Stack>
          </Popover.Dropdown>
        </Popover>
        {chips.length > 1 && (
          <Button variant="subtle" color="gray" onClick={() => onFilter({ ...emptyFilter, text: filter.text })}>
            Clear all
          </Button>
        )}
      </div>
    </div>
  );
}
