import type { ResourceFact } from '#shared/model/index.ts';
import { createImportBench } from '#test/support/imports/import-bench.ts';

type Import = ReturnType<Awaited<ReturnType<typeof createImportBench>>['view']>;
type StateFacts = Pick<Awaited<Import>, 'resources' | 'relationships' | 'coverage'>;

/** What the code of the hub's network calls its resources. */
const types: ReadonlyMap<string, string> = new Map([
  ['aws.ec2.vpc', 'aws_vpc'],
  ['aws.ec2.subnet', 'aws_subnet'],
  ['aws.ec2.route-table', 'aws_route_table'],
  ['aws.ec2.internet-gateway', 'aws_internet_gateway'],
  ['aws.ec2.natgateway', 'aws_nat_gateway'],
  ['aws.ec2.elastic-ip', 'aws_eip'],
  ['aws.ec2.transit-gateway', 'aws_ec2_transit_gateway'],
  ['aws.ec2.transit-gateway-attachment', 'aws_ec2_transit_gateway_vpc_attachment'],
  ['aws.ec2.vpc-endpoint', 'aws_vpc_endpoint'],
]);

const lineage = '6f1c52f0-58c7-4f0e-9f6d-0f6f6b2b5a11';

/**
 * The state of the code that made the hub's network in one region, as OpenTofu writes it, read with the app's own
 * import. Of what it reads the state itself is kept with what it manages: the rest was listed from the cloud.
 * One subnet of it nobody finds any more.
 */
export async function readHubState(found: readonly ResourceFact[], region: string): Promise<StateFacts> {
  const hub = found.filter((resource) => resource.region === region && resource.tags['Application'] === 'hub');
  const bench = await createImportBench();
  try {
    const state = JSON.stringify(stateOf(hub), null, 2);
    const { run, resources, relationships, coverage } = await bench.importFiles({ [`hub-${region}.tfstate`]: state });
    if (run.status !== 'complete') throw new Error(`The state of the hub could not be read: ${run.error ?? ''}`);
    const isState = (id: string): boolean => id.startsWith('tf://');
    return {
      resources: resources.filter(({ fact }) => isState(fact.id)),
      relationships: relationships.filter(({ fact }) => isState(fact.to)),
      coverage: coverage.filter(({ scope }) => isState(scope)),
    };
  } finally {
    await bench.close();
  }
}

function stateOf(hub: readonly ResourceFact[]): object {
  const resources = hub.flatMap((resource) => {
    const type = types.get(resource.kind);
    return type === undefined ? [] : [entryOf(type, resource)];
  });
  const subnet = hub.find(({ kind }) => kind === 'aws.ec2.subnet');
  if (subnet === undefined) throw new Error('The hub has no subnet.');
  const nativeId = 'subnet-0c4f1e5d7a9b83210';
  const deleted = { ...subnet, name: 'hub-legacy', nativeId, id: subnet.id.replace(subnet.nativeId, nativeId) };
  return {
    version: 4,
    terraform_version: '1.9.0',
    serial: 37,
    lineage,
    outputs: {},
    resources: [...resources, entryOf('aws_subnet', deleted)],
    check_results: null,
  };
}

function entryOf(type: string, { id, name, nativeId, tags, scopeId }: ResourceFact): object {
  return {
    module: 'module.hub',
    mode: 'managed',
    type,
    name: name.replaceAll('-', '_'),
    provider: 'provider["registry.opentofu.org/hashicorp/aws"]',
    instances: [
      { schema_version: 1, attributes: { id: nativeId, arn: id, owner_id: scopeId.split(':').at(-1), tags } },
    ],
  };
}
