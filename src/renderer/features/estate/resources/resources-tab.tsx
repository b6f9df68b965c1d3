import { MessageCircleQuestion } from 'lucide-react';
import { useCallback, type ReactElement } from 'react';
import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';
import { Button, Menu, SegmentedControl, SplitPane, useMediaQuery } from '../../../ui/index.ts';
import { showing, type EstateAddress } from '../address/address.ts';
import { emptyFilter, isUnfiltered } from '../address/chips.ts';
import { FilterBar } from '../address/filter-bar.tsx';
import type { GoEstate } from '../address/use-estate-address.ts';
import classes from '../estate.module.css';
import { GraphView } from '../graph/graph-view.tsx';
import { questionsOf, questionTitles } from '../questions/questions.ts';
import { filterForEngine } from '../scopes/scope-rows.ts';
import { ScopeTree } from '../scopes/scope-tree.tsx';
import { ResourceTable } from './resource-table.tsx';
import { SelectionBar } from './selection-bar.tsx';

export interface ResourcesTabProps {
  address: EstateAddress;
  go: GoEstate;
  scopes: readonly ScopeNode[];
}

/** One filter and one selection over tree, table, graph and list. */
export function ResourcesTab({ address, go, scopes }: ResourcesTabProps): ReactElement {
  const narrow = useMediaQuery('(max-width: 800px)');
  const filter = filterForEngine(address.filter, scopes);
  const setFilter = useCallback(
    (next: EstateFilter, typing = false) => go({ filter: next }, { replace: typing }),
    [go],
  );
  return (
    <SplitPane
      id="estate.tree"
      at="left"
      initial={250}
      min={150}
      max={600}
      label="Width of the scope tree"
      closed={narrow}
      side={
        <div className={classes.tree}>
          <ScopeTree scopes={scopes} filter={address.filter} onFilter={setFilter} />
        </div>
      }
    >
      <div className={classes.pane}>
        <div className={classes.filterRow}>
          <FilterBar filter={address.filter} engineFilter={filter} scopes={scopes} onFilter={setFilter} />
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<MessageCircleQuestion size={14} aria-hidden />}>
                Ask
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {questionsOf.estate.map((ask) => (
                <Menu.Item key={ask} onClick={() => go({ of: 'estate', ask })}>
                  {questionTitles[ask]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <SegmentedControl
            aria-label="View"
            value={address.view}
            onChange={(value) => go({ view: value === 'graph' || value === 'list' ? value : 'table' })}
            data={[
              { value: 'table', label: 'Table' },
              { value: 'graph', label: 'Graph' },
              { value: 'list', label: 'List' },
            ]}
          />
        </div>
        <SelectionBar
          scopes={scopes}
          onAsk={() => go({ of: 'selection', ask: 'dependents' })}
          onShowOnly={(ids) => go({ filter: { ...address.filter, ids } })}
        />
        <div className={classes.fill}>
          {address.view === 'table' ? (
            <ResourceTable
              key={JSON.stringify(filter)}
              filter={filter}
              selected={address.selected}
              onSelect={(id) => go(showing(address, id), { replace: true })}
              onClearFilter={isUnfiltered(address.filter) ? null : () => go({ filter: emptyFilter })}
            />
          ) : (
            <GraphView address={address} filter={filter} scopes={scopes} go={go} asList={address.view === 'list'} />
          )}
        </div>
      </div>
    </SplitPane>
  );
}
