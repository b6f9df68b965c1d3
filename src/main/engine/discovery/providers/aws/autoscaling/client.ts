import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { pagesOf } from '../calls/pages.ts';

export async function* listAutoScalingGroups(context: AwsContext): AsyncGenerator<ItemPage<AutoScalingGroup>> {
  const autoScaling = clientOf(context, AutoScalingClient);
  const pages = pagesOf(context.caller, {
    permission: 'autoscaling:DescribeAutoScalingGroups',
    send: (NextToken, options) =>
      autoScaling.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 100, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { AutoScalingGroups } of pages) yield { items: listed(AutoScalingGroups, 'AutoScalingGroups') };
}
