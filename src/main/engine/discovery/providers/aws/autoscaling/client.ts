import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
  type LaunchConfiguration,
} from '@aws-sdk/client-auto-scaling';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

/** A group names its launch configuration, and that one's ARN has more than the name in it. */
export interface DetailedGroup {
  readonly group: AutoScalingGroup;
  readonly launchConfigurationArn: string | undefined;
}

const MaxRecords = 100;

/** Every launch configuration of a region; read once for themselves and for the groups that name one. */
function everyLaunchConfiguration(context: AwsContext): Promise<readonly LaunchConfiguration[]> {
  const autoScaling = clientOf(context, AutoScalingClient);
  return context.session.once(`autoscaling.launch-configurations ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'autoscaling:DescribeLaunchConfigurations',
        send: (NextToken, options) =>
          autoScaling.send(new DescribeLaunchConfigurationsCommand({ MaxRecords, NextToken }), options),
        next: (output) => output.NextToken,
      }),
      ({ LaunchConfigurations }) => listed(LaunchConfigurations, 'LaunchConfigurations'),
    ),
  );
}

export async function* listLaunchConfigurations(context: AwsContext): AsyncGenerator<ItemPage<LaunchConfiguration>> {
  yield { items: await everyLaunchConfiguration(context) };
}

export async function* listAutoScalingGroups(context: AwsContext): AsyncGenerator<ItemPage<DetailedGroup>> {
  const autoScaling = clientOf(context, AutoScalingClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'autoscaling:DescribeAutoScalingGroups',
    send: (NextToken, options) =>
      autoScaling.send(new DescribeAutoScalingGroupsCommand({ MaxRecords, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { AutoScalingGroups } of pages) {
    const groups = listed(AutoScalingGroups, 'AutoScalingGroups');
    const named = groups.some(({ LaunchConfigurationName }) => LaunchConfigurationName);
    const configurations = named ? await details.orNone(() => everyLaunchConfiguration(context)) : [];
    const arns = new Map(configurations.map((one) => [one.LaunchConfigurationName, one.LaunchConfigurationARN]));
    yield await details.each(groups, (group) =>
      Promise.resolve({ group, launchConfigurationArn: arns.get(group.LaunchConfigurationName) }),
    );
  }
}
