import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Comparison, Extraction } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, PartialNotice, Tabs } from '../../../ui/index.ts';
import { views, type PatternsAddress, type View } from '../address.ts';
import { ExtractDialog } from '../extraction/extract-dialog.tsx';
import classes from '../patterns.module.css';
import type { GoPatterns } from '../use-patterns-address.ts';
import { countVerdicts } from './attribute-rows.ts';
import { InputsPane } from './inputs-pane.tsx';
import { LeftOutPane } from './left-out-pane.tsx';
import { ResourcePane } from './resource-pane.tsx';
import { ProofPane } from '../proof/proof-pane.tsx';

export interface ComparisonPaneProps {
  address: PatternsAddress;
  go: GoPatterns;
}

/** Instances side by side, and from there to a blueprint and its proof. */
export function ComparisonPane({ address, go }: ComparisonPaneProps): ReactElement {
  const { api } = useEngine();
  const comparison = useQuery(api.patterns.compare.queryOptions({ input: { instances: [...address.instances] } }));
  return (
    <QueryView query={comparison} loading="Comparing the instances" failed="The instances could not be compared">
      {(data) => <Compared address={address} go={go} comparison={data} />}
    </QueryView>
  );
}

function Compared({ address, go, comparison }: ComparisonPaneProps & { comparison: Comparison }): ReactElement {
  const [naming, setNaming] = useState(false);
  const [extraction, setExtraction] = useState<Extraction | null>(null);
  const counts = countVerdicts(comparison);
  const titles: Record<View, string> = {
    resources: `Side by side ${comparison.resources.length}`,
    inputs: `Inputs ${comparison.inputs.length}`,
    'left-out': `Left out ${comparison.leftOut.length}`,
    proof: 'Proof',
  };
  const errors = comparison.problems.filter((problem) => problem.severity === 'error');
  const shown = views.filter((view) => view !== 'proof' || address.blueprint !== null);
  return (
    <div className={classes.pane}>
      <div className={classes.bar}>
        <span>
          {comparison.instances.map((instance) => `${instance.name} ${instance.resources}`).join(', ')} resources:{' '}
          {counts.constant} attributes constant, {counts.input} differ, {counts.derived} derived, {counts.reference}{' '}
          references
        </span>
        <Button style={{ marginLeft: 'auto' }} disabled={errors.length > 0} onClick={() => setNaming(true)}>
          Make a blueprint
        </Button>
      </div>
      {errors.length > 0 && (
        <PartialNotice>
          No blueprint can be made yet:{' '}
          {errors.map((problem) => `${problem.message} ${problem.advice ?? ''}`).join(' ')}
        </PartialNotice>
      )}
      <Tabs
        value={address.view}
        onChange={(value) => go({ view: views.find((view) => view === value) ?? 'resources' })}
      >
        <Tabs.List px={12}>
          {shown.map((view) => (
            <Tabs.Tab key={view} value={view}>
              {titles[view]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div className={classes.fill} style={{ overflow: 'auto' }}>
        {address.view === 'resources' && (
          <ResourcePane
            comparison={comparison}
            selected={address.resource}
            onSelect={(resource) => go({ resource }, { replace: true })}
          />
        )}
        {address.view === 'inputs' && (
          <InputsPane
            comparison={comparison}
            renames={address.renames}
            onRename={(renames) => go({ renames }, { replace: true })}
          />
        )}
        {address.view === 'left-out' && <LeftOutPane comparison={comparison} />}
        {address.view === 'proof' && address.blueprint !== null && (
          <ProofPane key={address.blueprint} blueprint={address.blueprint} extraction={extraction} />
        )}
      </div>
      <ExtractDialog
        opened={naming}
        instances={address.instances}
        comparison={comparison}
        renames={address.renames}
        onClose={() => setNaming(false)}
        onDone={(made) => {
          setNaming(false);
          setExtraction(made);
          go({ blueprint: made.blueprint, view: 'proof' });
        }}
      />
    </div>
  );
}
