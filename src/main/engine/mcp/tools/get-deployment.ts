import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { deploymentSummarySchema, summarise } from '../deployment-summary.ts';
import { defineTool } from '../tool.ts';

export const getDeployment = defineTool({
  name: 'get_deployment',
  title: 'Follow a proposal',
  description:
    'Tells how far a deployment is that you proposed: its state, its steps, what is wrong and what happens next.',
  input: z.object({ id: z.string().describe('The id that propose_deployment gave.') }),
  output: deploymentSummarySchema,
  readOnly: true,
  async run({ id }, call) {
    const deployment = await call.services.deployments.get({ id }, call);
    const { proposedBy } = deployment;
    // Another client's proposal does not exist for this one: ids tell nothing to those who guess them.
    if (proposedBy.kind !== 'agent' || proposedBy.name !== call.actor.name) {
      throw new AppError('not-found', 'You have no deployment with this id.', { details: { id } });
    }
    return summarise(deployment);
  },
});
