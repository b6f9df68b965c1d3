/** A configuration item of a snapshot as AWS Config delivers it. */
export function configItemOf(
  type: string,
  id: string,
  given: {
    readonly configuration?: Record<string, unknown>;
    readonly tags?: Record<string, string>;
    readonly at?: string;
    readonly status?: string;
    readonly account?: string;
    readonly region?: string;
    readonly arn?: string;
  } = {},
): Record<string, unknown> {
  const { account = '111122223333', region = 'eu-central-1' } = given;
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: given.at ?? '2024-05-14T08:12:31.512Z',
    configurationItemStatus: given.status ?? 'OK',
    awsAccountId: account,
    awsRegion: region,
    resourceType: type,
    resourceId: id,
    ...(given.arn === undefined ? {} : { ARN: given.arn }),
    tags: given.tags ?? {},
    relationships: [],
    configuration: given.configuration ?? null,
    supplementaryConfiguration: {},
  };
}

export function vpcItem(id: string, given: Parameters<typeof configItemOf>[2] = {}): Record<string, unknown> {
  const configuration = { vpcId: id, cidrBlock: '10.20.0.0/16', state: 'available', ownerId: '111122223333' };
  return configItemOf('AWS::EC2::VPC', id, { configuration, ...given });
}

export function subnetItem(id: string, vpc: string): Record<string, unknown> {
  return configItemOf('AWS::EC2::Subnet', id, {
    configuration: { subnetId: id, vpcId: vpc, cidrBlock: '10.20.1.0/24', availabilityZone: 'eu-central-1a' },
  });
}

/** A snapshot of these items. */
export function snapshotOf(items: readonly unknown[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    fileVersion: '1.0',
    configSnapshotId: '11111111-2222-4333-8444-555555555555',
    configurationItems: items,
    ...more,
  };
}
