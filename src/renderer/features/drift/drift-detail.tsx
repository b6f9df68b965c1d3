import { useMutation } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { targetWords, type DriftReport, type Environment } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { Button, EmptyState, FailedNotice, LoadingState, PartialNotice, RelativeTime } from '../../ui/index.ts';
import { DriftActions } from './drift-actions.tsx';
import { DriftItemCard } from './drift-item-card.tsx';
import { openItems } from './drift-state.ts';
import classes from './drift.module.css';

interface DriftDetailProps {
  environment: Environment;
  report: DriftReport | null;
}

/** One environment: check it, read its differences, decide. */
export function DriftDetail({ environment, report }: DriftDetailProps): ReactElement {
  const { api } = useEngine();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const check = useMutation(api.drift.check.mutationOptions({ onSuccess: () => setSelected(new Set()) }));
  const open = report === null ? [] : openItems(report);
  const chosen = open.filter((item) => selected.has(item.id)).map((item) => item.id);
  const toggle = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  return (
    <section className={classes.detail} aria-label={`Drift of ${environment.name}`}>
      <header className={classes.detailHeader}>
        <div>
          <h2>{environment.name}</h2>
          <div className={classes.dim}>
            {environment.blueprint} {environment.version}, {targetWords[environment.target.cloud].account}{' '}
            {environment.target.account}, {environment.target.region}
            {report !== null && (
              <>
                {' · checked '}
                <RelativeTime at={report.checkedAt} />
              </>
            )}
          </div>
        </div>
        <Button
          variant="default"
          leftSection={<RefreshCw size={14} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate({ environment: environment.name })}
        >
          Check now
        </Button>
      </header>
      {check.error !== null && <FailedNotice title="The check did not finish." error={errorOf(check.error)} />}
      {check.isPending && <LoadingState what={`Comparing ${environment.name} with its cloud, read-only`} />}
      {report?.failures.map((failure) => (
        <PartialNotice key={failure.node}>
          <strong>{failure.node}</strong>{' '}
          {report.items.some((item) => item.node === failure.node)
            ? 'could only be read in part: '
            : 'could not be read, so nothing is said about it: '}
          {failure.message}
        </PartialNotice>
      ))}
      {report === null && !check.isPending && (
        <EmptyState title="Never checked">A check plans without changing anything and takes about a minute.</EmptyState>
      )}
      {report !== null && report.items.length === 0 && report.failures.length === 0 && (
        <EmptyState title="No drift">What runs is what was deployed.</EmptyState>
      )}
      {open.length > 0 && (
        <DriftActions
          environment={environment.name}
          chosen={chosen}
          all={open.map((item) => item.id)}
          onSelect={(ids) => setSelected(new Set(ids))}
        />
      )}
      {report?.items.map((item) => (
        <DriftItemCard
          key={item.id}
          item={item}
          selected={selected.has(item.id)}
          onSelect={(on) => toggle(item.id, on)}
        />
      ))}
    </section>
  );
}
