import {
  DescribeAccessPointsCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  DescribeMountTargetSecurityGroupsCommand,
  EFSClient,
  type FileSystemDescription,
  type MountTargetDescription,
} from '@aws-sdk/client-efs';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { itemPages, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

export interface DetailedMountTarget {
  readonly target: MountTargetDescription;
  readonly securityGroups: readonly string[];
}

/** A file system with the places it can be reached at; null where they could not be read. */
export interface DetailedFileSystem {
  readonly fileSystem: FileSystemDescription;
  readonly mountTargets: readonly DetailedMountTarget[] | null;
  readonly policy: string | null;
}

const MaxItems = 100;

export async function* listFileSystems(context: AwsContext): AsyncGenerator<ItemPage<DetailedFileSystem>> {
  const client = clientOf(context, EFSClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'elasticfilesystem:DescribeFileSystems',
    send: (Marker, options) => client.send(new DescribeFileSystemsCommand({ MaxItems, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
  });
  for await (const { FileSystems } of pages) {
    yield* details.inParts(listed(FileSystems, 'FileSystems'), async (fileSystem) => {
      const { FileSystemId } = fileSystem;
      const policy = await details.read({
        permission: 'elasticfilesystem:DescribeFileSystemPolicy',
        absent: ['PolicyNotFound'],
        gone: ['FileSystemNotFound'],
        send: (options) => client.send(new DescribeFileSystemPolicyCommand({ FileSystemId }), options),
      });
      return {
        fileSystem,
        mountTargets: await mountTargetsOf(context, details, FileSystemId),
        policy: policy?.Policy ?? null,
      };
    });
  }
}

async function mountTargetsOf(
  context: AwsContext,
  details: DetailReader,
  FileSystemId: string | undefined,
): Promise<readonly DetailedMountTarget[] | null> {
  const client = clientOf(context, EFSClient);
  const targets = await details.readEvery({
    permission: 'elasticfilesystem:DescribeMountTargets',
    gone: ['FileSystemNotFound'],
    send: (Marker, options) =>
      client.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
    items: ({ MountTargets }) => listed(MountTargets, 'MountTargets'),
  });
  if (targets === null) return null;
  return Promise.all(
    targets.map(async (target) => {
      const answer = await details.read({
        permission: 'elasticfilesystem:DescribeMountTargetSecurityGroups',
        absent: ['MountTargetNotFound'],
        send: (options) =>
          client.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId: target.MountTargetId }), options),
      });
      return { target, securityGroups: answer?.SecurityGroups ?? [] };
    }),
  );
}

export function listAccessPoints(context: AwsContext) {
  const client = clientOf(context, EFSClient);
  return itemPages(context, {
    permission: 'elasticfilesystem:DescribeAccessPoints',
    send: (NextToken, options) => client.send(new DescribeAccessPointsCommand({ MaxResults: 100, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ AccessPoints }) => listed(AccessPoints, 'AccessPoints'),
  });
}
