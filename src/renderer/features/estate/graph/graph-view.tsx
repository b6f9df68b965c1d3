import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { EstateFilter, GraphView as GraphViewData, ScopeNode } from '#shared/model/index.ts';
import { GraphExplorer, GraphList, type Arrangement } from '../../../explorer/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, Group, PartialNotice, SegmentedControl } from '../../../ui/index.ts';
import { showing, type EstateAddress } from '../address/address.ts';
import type { GoEstate } from '../address/use-estate-address.ts';
import { useAsOf } from '../as-of.ts';
import classes from '../estate.module.css';
import { titleOfScope } from '../scopes/scope-rows.ts';

const usualLimit = 2000;
const highestLimit = 20_000;

export interface GraphViewProps {
  address: EstateAddress;
  /** As the engine is asked. */
  filter: EstateFilter;
  scopes: readonly ScopeNode[];
  go: GoEstate;
  asList: boolean;
}

/** The filter's resources as a graph, or what lies around one of them; as a picture or a list. */
export function GraphView({ address, filter, scopes, go, asList }: GraphViewProps): ReactElement {
  const { api } = useEngine();
  const { around, hops, expanded } = address;
  const asOf = useAsOf();
  const [limit, setLimit] = useState(usualLimit);
  const whole = useQuery(
    api.estate.graphView.queryOptions({
      input: around === null ? { asOf, filter, expanded: [...expanded], limit } : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
  const near = useQuery(
    api.estate.neighbours.queryOptions({
      input: around === null ? skipToken : { asOf, id: around, hops },
      placeholderData: keepPreviousData,
    }),
  );
  const names = useMemo(() => new Map(scopes.map((scope) => [scope.id, titleOfScope(scope)])), [scopes]);
  const nameOfScope = useCallback((id: string) => names.get(id) ?? id, [names]);
  const onExpand = useCallback(
    (id: string) => go({ expanded: [...expanded.filter((known) => known !== id), id] }),
    [go, expanded],
  );
  const [arrangement, setArrangement] = useState<Arrangement>('places');
  const shownArrangement = around === null ? arrangement : 'relationships';
  return (
    <QueryView query={around === null ? whole : near} loading="Reading the graph" failed="The graph could not be read">
      {(view) => (
        <div className={classes.pane}>
          <Notices
            view={view}
            canRaise={around === null && limit < highestLimit}
            onRaise={() => setLimit(highestLimit)}
          />
          <div className={classes.fill}>
            {asList ? (
              <div className={classes.pane}>
                <Group gap={8} px={12} py={4}>
                  <Tools address={address} go={go} view={view} nameOfScope={nameOfScope} />
                </Group>
                <div className={classes.fill}>
                  <GraphList
                    view={view}
                    nameOfScope={nameOfScope}
                    selected={address.selected}
                    onSelect={(id) => go(showing(address, id))}
                    onExpand={onExpand}
                  />
                </div>
              </div>
            ) : (
              <GraphExplorer
                view={view}
                nameOfScope={nameOfScope}
                selected={address.selected}
                onSelect={(id) => go(showing(address, id), { replace: true })}
                onExpand={onExpand}
                arrangement={shownArrangement}
                onArrangement={setArrangement}
              >
                <Tools address={address} go={go} view={view} nameOfScope={nameOfScope} />
              </GraphExplorer>
            )}
          </div>
        </div>
      )}
    </QueryView>
  );
}

function Notices(props: { view: GraphViewData; canRaise: boolean; onRaise: () => void }): ReactElement | null {
  const { hidden, nodes } = props.view;
  if (hidden === 0) return null;
  return (
    <PartialNotice
      action={
        props.canRaise ? (
          <Button variant="default" onClick={props.onRaise}>
            Draw up to {highestLimit.toLocaleString('en')}
          </Button>
        ) : undefined
      }
    >
      {hidden.toLocaleString('en')} resources are hidden: {nodes.length.toLocaleString('en')} nodes are drawn. Narrow
      the filter, or collapse what is not needed.
    </PartialNotice>
  );
}

function Tools(props: {
  address: EstateAddress;
  go: GoEstate;
  view: GraphViewData;
  nameOfScope: (id: string) => string;
}): ReactElement {
  const { around, hops, expanded } = props.address;
  if (around !== null) {
    return (
      <Group gap={8}>
        <span>within</span>
        <SegmentedControl
          aria-label="Hops"
          value={String(hops)}
          onChange={(value) => props.go({ hops: Number(value) }, { replace: true })}
          data={['1', '2', '3'].map((value) => ({ value, label: value === '1' ? '1 hop' : `${value} hops` }))}
        />
        <span className="gp-dimmed">{props.view.nodes.length} nodes</span>
        <Button variant="default" onClick={() => props.go({ around: null })}>
          Back to the whole filter
        </Button>
      </Group>
    );
  }
  return (
    <Group gap={8}>
      <span className="gp-dimmed">
        {props.view.nodes.length} nodes, {props.view.edges.length} edges
      </span>
      {expanded.length > 0 && (
        <Button variant="default" onClick={() => props.go({ expanded: [] })}>
          Collapse{' '}
          {expanded.length === 1 ? groupTitle(expanded[0] ?? '', props.nameOfScope) : `${expanded.length} groups`}
        </Button>
      )}
    </Group>
  );
}

/** A group's id (`scope|region`, `scope|region|kind`) in words. */
function groupTitle(id: string, nameOfScope: (id: string) => string): string {
  const [scope = '', ...rest] = id.split('|');
  return [nameOfScope(scope), ...rest].join(' · ');
}
