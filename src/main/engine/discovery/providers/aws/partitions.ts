/** A part of AWS with its own accounts, regions and addresses. */
export interface AwsPartition {
  readonly name: string;
  /** Where the global services and those of the whole account are asked; the SDK finds their address from it. */
  readonly homeRegion: string;
  /** The end of its services' host names. */
  readonly domain: string;
  /** What its regions begin with. */
  readonly regions: RegExp;
}

/** The one that is meant unless something says otherwise; its regions are those that no other partition has. */
const usual: AwsPartition = { name: 'aws', homeRegion: 'us-east-1', domain: 'amazonaws.com', regions: /./u };

/** Source: https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const partitions: readonly AwsPartition[] = [
  { name: 'aws-cn', homeRegion: 'cn-north-1', domain: 'amazonaws.com.cn', regions: /^cn-/u },
  { name: 'aws-us-gov', homeRegion: 'us-gov-west-1', domain: 'amazonaws.com', regions: /^us-gov-/u },
  { name: 'aws-iso', homeRegion: 'us-iso-east-1', domain: 'c2s.ic.gov', regions: /^us-iso-/u },
  { name: 'aws-iso-b', homeRegion: 'us-isob-east-1', domain: 'sc2s.sgov.gov', regions: /^us-isob-/u },
  { name: 'aws-iso-e', homeRegion: 'eu-isoe-west-1', domain: 'cloud.adc-e.uk', regions: /^eu-isoe-/u },
  { name: 'aws-iso-f', homeRegion: 'us-isof-south-1', domain: 'csp.hci.ic.gov', regions: /^us-isof-/u },
  { name: 'aws-eusc', homeRegion: 'eusc-de-east-1', domain: 'amazonaws.eu', regions: /^eusc-/u },
  usual,
];

/** The partition by its name in ARNs; one that is not known is taken for the usual one. */
function partitionNamed(name: string): AwsPartition {
  return partitions.find((partition) => partition.name === name) ?? usual;
}

/** The partition a region lies in. */
export function partitionOfRegion(region: string): AwsPartition {
  return partitions.find(({ regions }) => regions.test(region)) ?? usual;
}

/** The partition whose services a host is one of; GovCloud shares its domain, and its hosts say so. */
export function partitionOfDomain(host: string): AwsPartition {
  const named = partitions.find(
    ({ domain, name }) => name !== 'aws-us-gov' && name !== 'aws' && host.endsWith(`.${domain}`),
  );
  return named ?? partitionNamed(/\bus-gov\b/u.test(host) ? 'aws-us-gov' : 'aws');
}

/** Where a partition's global services and its account services answer. */
export function homeRegion(partition: string): string {
  return partitionNamed(partition).homeRegion;
}
