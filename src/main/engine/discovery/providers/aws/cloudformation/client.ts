import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

export interface DetailedStack {
  readonly stack: Stack;
  /** What it made; null when that could not be read. */
  readonly resources: readonly StackResourceSummary[] | null;
}

/** Stacks that are there, with what they made. Both listings have pages of a size AWS chooses. */
export async function* listStacks(context: AwsContext): AsyncGenerator<ItemPage<DetailedStack>> {
  const cloudFormation = clientOf(context, CloudFormationClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'cloudformation:DescribeStacks',
    send: (NextToken, options) => cloudFormation.send(new DescribeStacksCommand({ NextToken }), options),
    next: ({ NextToken }) => NextToken,
  });
  for await (const { Stacks } of pages) {
    const there = listed(Stacks, 'Stacks').filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    yield* details.inParts(there, async (stack) => ({
      stack,
      resources: await details.readEvery({
        permission: 'cloudformation:ListStackResources',
        send: (NextToken, options) =>
          cloudFormation.send(
            new ListStackResourcesCommand({ StackName: stack.StackId ?? stack.StackName, NextToken }),
            options,
          ),
        next: ({ NextToken }) => NextToken,
        items: ({ StackResourceSummaries }) => listed(StackResourceSummaries, 'StackResourceSummaries'),
      }),
    }));
  }
}
