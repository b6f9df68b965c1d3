import { z } from 'zod';
import { jsonSchema } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, targetCloudSchema, typedTarget } from '#shared/model/index.ts';
import { deploymentSummarySchema, summarise } from '../deployment-summary.ts';
import { defineTool } from '../tool.ts';
import { proposableEntry } from '../visible.ts';

export const proposeDeployment = defineTool({
  name: 'propose_deployment',
  title: 'Propose a deployment',
  description:
    'Proposes to deploy a blueprint into an account and region, and begins to plan it. It changes nothing in a cloud: ' +
    'a person reads the plan on the review screen and approves or rejects it there.',
  input: z.object({
    blueprint: z.string().describe('The name as search_catalog gives it.'),
    version: z.string().optional().describe('Leave out for the newest version.'),
    environment: nameSchema.describe('A new name for what will run, for example ap-southeast.'),
    cloud: targetCloudSchema.default('aws').describe('Which cloud: aws, azure or gcp.'),
    account: z.string().describe('Twelve digits for AWS, a subscription’s id for Azure, a project’s id for gcp.'),
    region: z.string().describe('For example ap-southeast-1, westeurope or europe-west1.'),
    inputs: z
      .record(z.string(), jsonSchema)
      .default({})
      .describe('Values for the inputs that describe_blueprint says the agent gives.'),
    reason: z.string().min(1).describe('Why, in a sentence for the person who decides.'),
  }),
  output: deploymentSummarySchema,
  readOnly: false,
  async run(input, call) {
    const { target, problems } = typedTarget(input.cloud, input.account, input.region);
    if (target === null) {
      throw new AppError('bad-input', problems.account ?? problems.region ?? 'The target cannot be used.', {
        advice: 'Give the account and region as the cloud names them.',
      });
    }
    const entry = await proposableEntry(call, input.blueprint, input.version ?? null);
    const deployment = await call.services.deployments.propose(
      {
        blueprint: `${input.blueprint}@${entry.release.version}`,
        environment: input.environment,
        target,
        inputs: input.inputs,
        reason: input.reason,
        kind: 'deploy',
      },
      call,
    );
    return summarise(deployment);
  },
});
