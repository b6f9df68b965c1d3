import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createArtifactsService,
  createArtifactStore,
  createReadingAids,
  keepAnswers,
} from '#engine/artifacts/index.ts';
import type { AttributeType } from '#engine/artifacts/terraform/provider-schemas/attribute.ts';
import { unpackAttributes } from '#engine/artifacts/terraform/provider-schemas/pack.ts';
import { readTable } from '#engine/artifacts/terraform/provider-schemas/table-files.ts';
import type { ChildOptions } from '#engine/ports/index.ts';
import { knownFacts } from '#test/support/artifacts/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { accessTo, realTool } from '#test/support/orchestrator/index.ts';
import { requireTool } from '#test/support/toolchain/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

// The real AWS provider answers the real OpenTofu, which its own `init` gave it.
const resourcesFolder = path.resolve('resources');
const processes = {
  find: (name: string) => Promise.resolve(name === 'tofu' ? requireTool('tofu') : null),
  run: (options: ChildOptions) => createNodeProcesses().run(options),
};

let test: TestWorkspace;
let elsewhere: string;
beforeEach(async () => {
  test = await makeWorkspace();
  elsewhere = await mkdtemp(path.join(tmpdir(), 'groundplan-code-'));
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  await rm(elsewhere, { recursive: true, force: true });
});

/** The shape without what is inside of objects: those change most between versions. */
function shapeOf(type: AttributeType): string {
  if (type.kind === 'object') return 'object';
  return 'of' in type ? `${type.kind} of ${shapeOf(type.of)}` : type.kind;
}

/** Lets the provider answer, as a drift check does, and keeps what it says. */
async function askProvider(): Promise<void> {
  const tool = keepAnswers(realTool(), { logger: recordingLogger(), data: test.workspace.paths.data });
  const sources = path.join(elsewhere, 'asking');
  await mkdir(sources);
  await writeFile(path.join(sources, 'main.tf'), 'resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }\n');
  const { signal } = test.call;
  const directory = path.join(elsewhere, 'work');
  const statePath = path.join(elsewhere, 'state', 'one.tfstate');
  const workdir = await tool.prepare({ sources, directory, access: accessTo(null), variables: {}, statePath, signal });
  await tool.providerSchemas(workdir, signal);
}

describe('schemas of providers', () => {
  it('kept with the app agree with what the real AWS provider says', async () => {
    await askProvider();
    const asked = await readTable(path.join(test.workspace.paths.data, 'provider-schemas', 'aws-1.60.0.json.gz'));
    const kept = await readTable(path.join(resourcesFolder, 'provider-schemas', 'aws.json.gz'));
    if (asked === null || kept === null) throw new Error('There is no table.');
    let same = 0;
    const different: string[] = [];
    for (const kind of ['resources', 'data'] as const) {
      for (const [type, packed] of Object.entries(asked[kind])) {
        // Gone since, or not there yet.
        const now = unpackAttributes(kept[kind][type] ?? '');
        for (const [name, attribute] of unpackAttributes(packed)) {
          const other = now.get(name);
          if (other === undefined) continue;
          const [was, is] = [shapeOf(attribute.type), shapeOf(other.type)];
          if (was === is) same += 1;
          else different.push(`${kind} ${type}.${name}: ${was}, now ${is}`);
        }
      }
    }
    // Five major versions lie between the two; nearly all that differ are lists that became sets, or the reverse.
    expect({ same, different: different.length }).toEqual({ same: 5063, different: 71 });
    const scalars = different.filter((line) => !/(list|set) of \w+, now (list|set) of/.test(line));
    expect(scalars).toMatchInlineSnapshot(`
      [
        "resources aws_alb_target_group.deregistration_delay: number, now string",
        "resources aws_api_gateway_rest_api.minimum_compression_size: number, now string",
        "resources aws_customer_gateway.bgp_asn: number, now string",
        "resources aws_default_vpc_dhcp_options.netbios_name_servers: list of string, now string",
        "resources aws_elasticache_replication_group.at_rest_encryption_enabled: boolean, now string",
        "resources aws_elasticache_replication_group.auto_minor_version_upgrade: boolean, now string",
        "resources aws_elasticache_replication_group.cluster_mode: list of object, now string",
        "resources aws_lb_target_group.deregistration_delay: number, now string",
        "resources aws_network_acl_rule.icmp_code: string, now number",
        "resources aws_network_acl_rule.icmp_type: string, now number",
        "resources aws_redshift_cluster.encrypted: boolean, now string",
        "resources aws_sns_sms_preferences.monthly_spend_limit: string, now number",
        "resources aws_ssm_activation.expired: string, now boolean",
        "data aws_alb_target_group.deregistration_delay: number, now string",
        "data aws_lb_target_group.deregistration_delay: number, now string",
      ]
    `);
  });

  it('that a provider answered say the types of outputs of code that takes its version', async () => {
    await askProvider();
    const aids = createReadingAids({ ...test, processes, resourcesFolder });
    const artifacts = createArtifactsService({ ...test, store: createArtifactStore(test.workspace, aids) });
    const root = path.join(elsewhere, 'network');
    await mkdir(root);
    await writeFile(
      path.join(root, 'main.tf'),
      `resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.\${count.index}.0/24"
}
resource "aws_lb_target_group" "t" {}
output "vpc_id" { value = aws_vpc.this.id }
output "subnet_ids" { value = aws_subnet.private[*].id }
output "delay" { value = aws_lb_target_group.t.deregistration_delay }
`,
    );
    const report = await artifacts.import({ paths: [root] }, test.call);
    const origin = (line: number, attribute: string) => ({
      how: 'inferred',
      where: `main.tf:${line}`,
      facts: { type: { how: 'declared', where: `schema of aws 1.60.0: ${attribute}` } },
    });
    const [artifact] = report.imported;
    if (artifact === undefined) throw new Error('Nothing was imported.');
    expect(knownFacts(artifact.outputs).properties).toEqual({
      vpc_id: { type: 'string', 'x-origin': origin(8, 'aws_vpc.id') },
      subnet_ids: { type: 'array', items: { type: 'string' }, 'x-origin': origin(9, 'aws_subnet.id') },
      // Today's provider has it as text: the schema is that of the installed version.
      delay: { type: 'number', 'x-origin': origin(10, 'aws_lb_target_group.deregistration_delay') },
    });
    expect((await artifacts.get({ name: 'network' }, test.call)).outputs).toEqual(report.imported[0]?.outputs);
  });

  it('are never asked of a program that lies beside the code', async () => {
    const aids = createReadingAids({ ...test, processes, resourcesFolder });
    const artifacts = createArtifactsService({ ...test, store: createArtifactStore(test.workspace, aids) });
    const root = path.join(elsewhere, 'network');
    const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const provider = path.join(
      root,
      `.terraform/providers/registry.opentofu.org/hashicorp/aws/9.0.0/${platform}/terraform-provider-aws`,
    );
    const marks = path.join(elsewhere, 'marks');
    await mkdir(marks);
    await mkdir(path.dirname(provider), { recursive: true });
    await writeFile(provider, `#!/bin/sh\ntouch "${marks}/started"\n`);
    await chmod(provider, 0o755);
    await writeFile(
      path.join(root, 'main.tf'),
      'resource "aws_vpc" "this" {}\noutput "id" { value = aws_vpc.this.id }\n',
    );
    await artifacts.examine({ paths: [root] }, test.call);
    const report = await artifacts.import({ paths: [root] }, test.call);
    expect(report.imported[0]?.outputs.properties).toMatchObject({ id: { type: 'string' } });
    expect(await readdir(marks)).toEqual([]);
  });
});
