import { ListFilter, Search } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { coverageStatuses, type CoverageFilter } from '#shared/model/index.ts';
import {
  Button,
  Checkbox,
  CloseButton,
  MultiSelect,
  Popover,
  Stack,
  TextInput,
  useDebouncedCallback,
} from '../../../ui/index.ts';
import estate from '../estate.module.css';
import { lookOfCoverage } from './coverage-status.ts';
import { GroupSelect } from './group-select.tsx';
import { isFiltered, noCoverageFilter } from './no-coverage-filter.ts';

export interface CoverageFilterBarProps {
  filter: CoverageFilter;
  nameOf: (scope: string) => string;
  onFilter: (filter: CoverageFilter) => void;
}

const statuses = coverageStatuses.map((value) => ({ value, label: lookOfCoverage(value).word }));

/** Search, and what else the cells are restricted to; the choices with their counts are read when they are opened. */
export function CoverageFilterBar({ filter, nameOf, onFilter }: CoverageFilterBarProps): ReactElement {
  const [typed, setTyped] = useState(filter.text);
  const [told, setTold] = useState(filter.text);
  const [open, setOpen] = useState(false);
  const tell = useDebouncedCallback((text: string) => {
    setTold(text);
    onFilter({ ...filter, text });
  }, 180);
  // It may be cleared by another way than typing.
  if (filter.text !== told) {
    setTold(filter.text);
    setTyped(filter.text);
  }
  const chips = chipsOf(filter, nameOf);
  return (
    <div className={estate.bar}>
      <TextInput
        style={{ flex: '1 1 220px', maxWidth: 360 }}
        aria-label="Search the coverage"
        placeholder="Account, region, kind, permission, error"
        leftSection={<Search size={14} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
      />
      <Checkbox
        label="Only what is incomplete"
        checked={filter.onlyIncomplete}
        onChange={(event) => onFilter({ ...filter, onlyIncomplete: event.currentTarget.checked })}
      />
      <div className={estate.chips}>
        {chips.map((chip) => (
          <span key={chip.label} className={estate.chip}>
            {chip.label}
            <CloseButton size="xs" aria-label={`Remove ${chip.label}`} onClick={() => onFilter(chip.without)} />
          </span>
        ))}
        <Popover opened={open} onChange={setOpen} position="bottom-start" width={360} trapFocus>
          <Popover.Target>
            <Button variant="default" leftSection={<ListFilter size={14} aria-hidden />} onClick={() => setOpen(!open)}>
              Filter
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap={12}>
              <MultiSelect
                comboboxProps={{ withinPortal: false }}
                label="Status"
                clearable
                data={statuses}
                value={filter.statuses}
                onChange={(values) =>
                  onFilter({ ...filter, statuses: coverageStatuses.filter((status) => values.includes(status)) })
                }
              />
              <GroupSelect label="Account" by="scope" {...{ filter, nameOf, onFilter }} />
              <GroupSelect label="Region" by="region" {...{ filter, nameOf, onFilter }} />
              <GroupSelect label="Kind" by="kind" {...{ filter, nameOf, onFilter }} />
              <GroupSelect label="Missing permission" by="permission" {...{ filter, nameOf, onFilter }} />
            </Stack>
          </Popover.Dropdown>
        </Popover>
        {isFiltered(filter) && (
          <Button variant="subtle" color="gray" onClick={() => onFilter(noCoverageFilter)}>
            Clear all
          </Button>
        )}
      </div>
    </div>
  );
}

interface Chip {
  readonly label: string;
  readonly without: CoverageFilter;
}

function chipsOf(filter: CoverageFilter, nameOf: (scope: string) => string): readonly Chip[] {
  const { statuses: looks, scopes, regions, kinds, permissions } = filter;
  return [
    ...looks.map((one) => ({
      label: lookOfCoverage(one).word,
      without: { ...filter, statuses: looks.filter((other) => other !== one) },
    })),
    ...scopes.map((one) => ({ label: nameOf(one), without: { ...filter, scopes: without(scopes, one) } })),
    ...regions.map((one) => ({ label: one, without: { ...filter, regions: without(regions, one) } })),
    ...kinds.map((one) => ({ label: one, without: { ...filter, kinds: without(kinds, one) } })),
    ...permissions.map((one) => ({ label: one, without: { ...filter, permissions: without(permissions, one) } })),
  ];
}

function without(values: readonly string[], one: string): string[] {
  return values.filter((value) => value !== one);
}
