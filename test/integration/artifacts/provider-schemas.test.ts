import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArtifactsService, createArtifactStore, createReadingAids } from '#engine/artifacts/index.ts';
import type { AttributeType } from '#engine/artifacts/terraform/provider-schemas/attribute.ts';
import { createSchemaAsker } from '#engine/artifacts/terraform/provider-schemas/ask-tool.ts';
import { unpackAttributes } from '#engine/artifacts/terraform/provider-schemas/pack.ts';
import { readTable } from '#engine/artifacts/terraform/provider-schemas/table-files.ts';
import type { ChildOptions } from '#engine/ports/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { requireTool } from '#test/support/toolchain/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

// The real AWS provider answers, asked by the real OpenTofu.
const resourcesFolder = path.resolve('resources');
const processes = {
  find: (name: string) => Promise.resolve(name === 'tofu' ? requireTool('tofu') : null),
  run: (options: ChildOptions) => createNodeProcesses().run(options),
};
const mirror = () => path.join(path.dirname(requireTool('provider-aws')), 'mirror');

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

describe('schemas of providers', () => {
  it('kept with the app agree with what the real AWS provider says', async () => {
    const asker = createSchemaAsker({ processes, logger: recordingLogger(), asked: elsewhere });
    await asker.ask(mirror(), test.call.signal);
    const asked = await readTable(path.join(elsewhere, 'aws-1.60.0.json.gz'));
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

  it('are asked of the providers installed beside code, and say the types of its outputs', async () => {
    const aids = createReadingAids({ ...test, processes, logger: recordingLogger(), resourcesFolder });
    const artifacts = createArtifactsService({ ...test, store: createArtifactStore(test.workspace, aids) });
    const root = path.join(elsewhere, 'network');
    await mkdir(path.join(root, '.terraform'), { recursive: true });
    await symlink(mirror(), path.join(root, '.terraform', 'providers'));
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
    expect(report.imported[0]?.outputs.properties).toEqual({
      vpc_id: { type: 'string', 'x-origin': origin(8, 'aws_vpc.id') },
      subnet_ids: { type: 'array', items: { type: 'string' }, 'x-origin': origin(9, 'aws_subnet.id') },
      // Today's provider has it as text: the schema is that of the installed version.
      delay: { type: 'number', 'x-origin': origin(10, 'aws_lb_target_group.deregistration_delay') },
    });
    expect((await artifacts.get({ name: 'network' }, test.call)).outputs).toEqual(report.imported[0]?.outputs);
  });
});
