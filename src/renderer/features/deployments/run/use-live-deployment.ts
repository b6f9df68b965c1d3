import { useQuery } from '@tanstack/react-query';
import type { Deployment } from '#shared/model/index.ts';
import { useEngine, useStream } from '../../../rpc/index.ts';
import { isMoving } from '../state-look.ts';

/** A deployment as it is read, kept fresh by its stream while it moves. */
export function useLiveDeployment(id: string) {
  const { api, client } = useEngine();
  const query = useQuery(api.deployments.get.queryOptions({ input: { id } }));
  const moving = query.data !== undefined && isMoving(query.data.state);
  const live = useStream<Deployment, Deployment | null>({
    key: `watch ${id}`,
    initial: null,
    fold: (_previous, deployment) => deployment,
    open: moving ? (signal) => client.deployments.watch({ id }, { signal }) : null,
    resume: true,
  });
  const deployment = moving ? (live.value ?? query.data) : query.data;
  return { query, deployment };
}
