import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Instance,
  type KeyPairInfo,
  type LaunchTemplate,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { itemPages, pagesOf } from '../calls/pages.ts';

/** An instance with what its reservation says. */
export interface ReservedInstance {
  readonly instance: Instance;
  readonly ownerId: string | undefined;
  readonly reservationId: string | undefined;
}

export async function* listInstances(context: AwsContext): AsyncGenerator<ItemPage<ReservedInstance>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeInstances',
    send: (NextToken, options) => ec2.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { Reservations } of pages) {
    const items = listed(Reservations, 'Reservations').flatMap(({ Instances, OwnerId, ReservationId }) =>
      (Instances ?? [])
        // Terminated ones are still listed for an hour.
        .filter(({ State }) => State?.Name !== 'terminated')
        .map((instance) => ({ instance, ownerId: OwnerId, reservationId: ReservationId })),
    );
    yield { items };
  }
}

export function listVolumes(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeVolumes',
    send: (NextToken, options) => ec2.send(new DescribeVolumesCommand({ MaxResults: 500, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Volumes }) => listed(Volumes, 'Volumes'),
  });
}

/** The account's own snapshots: those that others publish run to hundreds of thousands. */
export function listSnapshots(context: AwsContext) {
  const { accountId } = context.place;
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeSnapshots',
    send: (NextToken, options) =>
      ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Snapshots }) =>
      listed(Snapshots, 'Snapshots').filter(({ OwnerId }) => (OwnerId ?? accountId) === accountId),
  });
}

/** The account's own images: those that others publish run to hundreds of thousands. */
export function listImages(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeImages',
    send: (NextToken, options) =>
      ec2.send(
        new DescribeImagesCommand({
          Owners: ['self'],
          IncludeDeprecated: true,
          IncludeDisabled: true,
          MaxResults: 1000,
          NextToken,
        }),
        options,
      ),
    next: ({ NextToken }) => NextToken,
    items: ({ Images }) => listed(Images, 'Images'),
  });
}

export async function* listKeyPairs(context: AwsContext): AsyncGenerator<ItemPage<KeyPairInfo>> {
  const ec2 = clientOf(context, EC2Client);
  const { KeyPairs } = await context.caller.list('ec2:DescribeKeyPairs', (options) =>
    ec2.send(new DescribeKeyPairsCommand({}), options),
  );
  yield { items: listed(KeyPairs, 'KeyPairs') };
}

/** A launch template with its newest version. */
export interface VersionedTemplate {
  readonly template: LaunchTemplate;
  readonly latest: LaunchTemplateVersion | null;
}

export async function* listLaunchTemplates(context: AwsContext): AsyncGenerator<ItemPage<VersionedTemplate>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeLaunchTemplates',
    send: (NextToken, options) => ec2.send(new DescribeLaunchTemplatesCommand({ MaxResults: 200, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { LaunchTemplates } of pages) {
    yield* details.inParts(listed(LaunchTemplates, 'LaunchTemplates'), async (template) => {
      const answer = await details.read({
        permission: 'ec2:DescribeLaunchTemplateVersions',
        gone: ['InvalidLaunchTemplateId.NotFound'],
        send: (options) =>
          ec2.send(
            new DescribeLaunchTemplateVersionsCommand({
              LaunchTemplateId: template.LaunchTemplateId,
              Versions: ['$Latest'],
            }),
            options,
          ),
      });
      return { template, latest: answer?.LaunchTemplateVersions?.[0] ?? null };
    });
  }
}
