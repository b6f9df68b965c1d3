import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice } from '../../../ui/index.ts';

/** Plans a proposal again; whatever was approved before, the new plan needs an approval of its own. */
export function PlanAgain(props: { id: string; label?: string; primary?: boolean }): ReactElement {
  const { client } = useEngine();
  const replan = useMutation({ mutationFn: () => client.deployments.replan({ id: props.id }) });
  return (
    <>
      <Button
        variant={props.primary === true ? 'filled' : 'default'}
        loading={replan.isPending}
        onClick={() => replan.mutate()}
      >
        {props.label ?? 'Plan again'}
      </Button>
      {replan.error !== null && <FailedNotice title="Not planned." error={errorOf(replan.error)} />}
    </>
  );
}
