import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requireTool, startMoto, tofuEnvironment, type Moto } from '#test/support/toolchain/index.ts';

const run = promisify(execFile);

const providers = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "1.60.0" }
  }
}
provider "aws" {
  region = "us-east-1"
}
`;

/** One of each type whose importer is ours, with what makes the provider's own importer return several. */
const resources = `
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "main" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-east-1a"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main.id
  route_table_id = aws_route_table.main.id
}
resource "aws_network_acl" "main" {
  vpc_id = aws_vpc.main.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_security_group" "main" {
  name        = "main"
  description = "Web"
  vpc_id      = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "main" {
  ami                    = "ami-12c6146b"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.main.id
  vpc_security_group_ids = [aws_security_group.main.id]
}
resource "aws_ebs_volume" "main" {
  availability_zone = "us-east-1a"
  size              = 10
  type              = "gp2"
}
resource "aws_volume_attachment" "main" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.main.id
  instance_id = aws_instance.main.id
}
resource "aws_launch_template" "main" {
  name          = "main"
  image_id      = "ami-12c6146b"
  instance_type = "t3.micro"
}
resource "aws_autoscaling_group" "main" {
  name                = "main"
  min_size            = 0
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.main.id]
  launch_template {
    id      = aws_launch_template.main.id
    version = "$Latest"
  }
}
resource "aws_s3_bucket" "main" {
  bucket = "example-assets"
}
resource "aws_s3_bucket_policy" "main" {
  bucket = aws_s3_bucket.main.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::example-assets/*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
resource "aws_sns_topic" "main" {
  name = "events"
}
resource "aws_sns_topic_policy" "main" {
  arn    = aws_sns_topic.main.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "publish", Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "SNS:Publish", Resource = aws_sns_topic.main.arn }] })
}
resource "aws_iam_role" "main" {
  name               = "main"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy_attachment" "main" {
  role       = aws_iam_role.main.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
resource "aws_lambda_function" "main" {
  function_name = "main"
  role          = aws_iam_role.main.arn
  handler       = "index.handler"
  runtime       = "nodejs8.10"
  filename      = "\${path.module}/function.zip"
}
resource "aws_lambda_permission" "main" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.main.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.main.arn
}
`;

/** An empty zip archive: the end record alone. */
const emptyArchive = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

const stateSchema = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })).length(1),
    }),
  ),
});

const planSchema = z.object({
  resource_changes: z.array(
    z.object({
      address: z.string(),
      type: z.string(),
      change: z.object({
        actions: z.array(z.string()),
        before: z.record(z.string(), z.unknown()),
        after: z.record(z.string(), z.unknown()),
        importing: z.object({ id: z.string() }).optional(),
      }),
    }),
  ),
});

/** Attributes that exist in the tool's state only: an import cannot read them and nothing changes in the cloud. */
const stateOnly = new Set([
  'force_destroy',
  'acl',
  'revoke_rules_on_delete',
  'force_delete',
  'wait_for_capacity_timeout',
  'metrics_granularity',
  'publish',
  'filename',
  'last_modified',
  'timeouts',
]);

type ResourceChange = z.infer<typeof planSchema>['resource_changes'][number];

/** What keeps a planned change from being a pure import, by address; nothing when it is one. */
function whatAnImportWouldChange({ address, change }: ResourceChange): string[] {
  const imported = change.importing === undefined ? [`${address} is not imported`] : [];
  const actions = change.actions.join();
  const unwanted = actions === 'no-op' || actions === 'update' ? [] : [`${address}: ${actions}`];
  const different = Object.keys({ ...change.before, ...change.after })
    .filter((name) => !stateOnly.has(name))
    .filter((name) => JSON.stringify(change.before[name]) !== JSON.stringify(change.after[name]))
    .map((name) => `${address}.${name}`);
  return [...imported, ...unwanted, ...different];
}

let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-provider-'));
});

afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

async function root(name: string, files: Record<string, string>): Promise<string> {
  const directory = path.join(folder, name);
  await mkdir(directory);
  await writeFile(path.join(directory, 'function.zip'), emptyArchive);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(directory, file), text);
  await tofu(directory, 'init', '-no-color');
  return directory;
}

async function tofu(directory: string, ...parts: string[]): Promise<string> {
  const options = {
    cwd: directory,
    env: tofuEnvironment({ endpoint: moto.endpoint }),
    timeout: 150_000,
    maxBuffer: 1e8,
  };
  return (await run(requireTool('tofu'), parts, options)).stdout;
}

function importId(type: string, attributes: Record<string, unknown>): string {
  const of = (name: string): string => String(attributes[name]);
  switch (type) {
    case 'aws_route_table_association':
      return `${of('subnet_id')}/${of('route_table_id')}`;
    case 'aws_volume_attachment':
      return `${of('device_name')}:${of('volume_id')}:${of('instance_id')}`;
    case 'aws_lambda_permission':
      return `${of('function_name')}/${of('statement_id')}`;
    case 'aws_iam_role_policy_attachment':
      return `${of('role')}/${of('policy_arn')}`;
    default:
      return of('id');
  }
}

describe('the real OpenTofu with the real AWS provider against moto', () => {
  it('creates resources, then finds nothing to change, and imports each by an import block', async () => {
    const made = await root('made', { 'providers.tf': providers, 'main.tf': resources });
    await tofu(made, 'apply', '-auto-approve', '-no-color');
    const again = await tofu(made, 'plan', '-detailed-exitcode', '-no-color');
    expect(again).toContain('No changes.');

    const state = stateSchema.parse(JSON.parse(await readFile(path.join(made, 'terraform.tfstate'), 'utf8')));
    const imports = state.resources.map(({ type, instances }) => {
      const id = JSON.stringify(importId(type, instances[0]?.attributes ?? {}));
      return `import {\n  to = ${type}.main\n  id = ${id}\n}\n`;
    });
    const adopted = await root('adopted', {
      'providers.tf': providers,
      'main.tf': resources,
      'imports.tf': imports.join('\n'),
    });
    await tofu(adopted, 'plan', '-out=adopt.plan', '-no-color');
    const plan = planSchema.parse(JSON.parse(await tofu(adopted, 'show', '-json', 'adopt.plan')));

    expect(plan.resource_changes).toHaveLength(state.resources.length);
    expect(plan.resource_changes.flatMap(whatAnImportWouldChange)).toEqual([]);
  });

  it('refuses import ids that do not fit, with the form it expects', async () => {
    const directory = await root('wrong', {
      'providers.tf': providers,
      'main.tf': `
resource "aws_route_table_association" "main" {
  subnet_id      = "subnet-1"
  route_table_id = "rtb-1"
}
import {
  to = aws_route_table_association.main
  id = "rtbassoc-1"
}
`,
    });
    await expect(tofu(directory, 'plan', '-no-color')).rejects.toMatchObject({
      stderr: expect.stringContaining('expected SUBNET/ROUTE-TABLE'),
    });
  });

  it('acts in the account and the region of the credentials it is given', async () => {
    const answer = await fetch(moto.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: new URLSearchParams({
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: 'arn:aws:iam::222222222222:role/deployer',
        RoleSessionName: 'test',
      }).toString(),
    });
    const xml = await answer.text();
    const element = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? '';
    const directory = await root('account', {
      'main.tf': `${providers.replace('us-east-1', 'ap-southeast-3')}
resource "aws_sns_topic" "main" {
  name = "events"
}
output "arn" {
  value = aws_sns_topic.main.arn
}
`,
    });
    const env = tofuEnvironment({
      endpoint: moto.endpoint,
      credentials: {
        accessKeyId: element('AccessKeyId'),
        secretAccessKey: element('SecretAccessKey'),
        sessionToken: element('SessionToken'),
      },
    });
    await run(requireTool('tofu'), ['apply', '-auto-approve', '-no-color'], { cwd: directory, env });
    expect(JSON.parse(await tofu(directory, 'output', '-json', 'arn'))).toBe(
      'arn:aws:sns:ap-southeast-3:222222222222:events',
    );
  });
});
