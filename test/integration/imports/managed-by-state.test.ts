import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportedFile, ResourceRow } from '#shared/model/index.ts';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { type Moto, requireTool, startMoto, tofuEnvironment } from '#test/support/toolchain/index.ts';

const run = promisify(execFile);

const root = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "1.60.0" }
  }
}
provider "aws" {
  region = "us-east-1"
}
module "network" {
  source = "./network"
}
resource "aws_instance" "web" {
  ami                    = "ami-12c6146b"
  instance_type          = "t3.micro"
  subnet_id              = module.network.subnets["b"]
  vpc_security_group_ids = [module.network.group]
  user_data              = "export TOKEN=hunter2"
}
resource "aws_s3_bucket" "assets" {
  bucket = "shop-assets"
}
resource "aws_sqs_queue" "orders" {
  count = 2
  name  = "orders-\${count.index}"
}
resource "aws_sns_topic" "events" {
  name = "events"
}
resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.events.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders[1].arn
}
resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_ssm_parameter" "password" {
  name  = "/shop/password"
  type  = "SecureString"
  value = "hunter2"
}
data "aws_caller_identity" "me" {}
`;

const network = `
resource "aws_vpc" "main" {
  cidr_block = "10.60.0.0/16"
  tags = { Name = "shop" }
}
resource "aws_subnet" "main" {
  for_each          = { a = "10.60.1.0/24", b = "10.60.2.0/24" }
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "us-east-1a"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_eip" "nat" {
  vpc = true
}
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.main["a"].id
}
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main["a"].id
  route_table_id = aws_route_table.main.id
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.main.id
}
output "subnets" {
  value = { for key, subnet in aws_subnet.main : key => subnet.id }
}
output "group" {
  value = aws_security_group.web.id
}
`;

let moto: Moto;
let shell: Shell;
let code: string;

async function tofu(...parts: string[]): Promise<string> {
  const env = tofuEnvironment({ endpoint: moto.endpoint });
  return (await run(requireTool('tofu'), parts, { cwd: code, env, timeout: 150_000, maxBuffer: 1e8 })).stdout;
}

/** Runs a command in a workspace of its own and gives its JSON. */
async function groundplan(workspace: string, ...args: string[]): Promise<unknown> {
  const folder = path.join(shell.folder, workspace);
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const result = await shell.run(['--workspace', folder, ...args, '--json'], { env });
  expect(result, result.stderr + result.stdout).toMatchObject({ code: 0 });
  return result.json();
}

async function rows(workspace: string, ...args: string[]): Promise<readonly ResourceRow[]> {
  return ((await groundplan(workspace, 'graph', 'find', ...args, '--limit', '5000')) as { rows: ResourceRow[] }).rows;
}

async function importInto(workspace: string, ...files: string[]): Promise<readonly ImportedFile[]> {
  return ((await groundplan(workspace, 'import', ...files)) as { files: ImportedFile[] }).files;
}

const discover = (workspace: string) =>
  groundplan(workspace, 'discover', '--cloud', 'aws', '--region', 'us-east-1', '--endpoint', moto.endpoint);

/** `aws.ec2.subnet module.network.aws_subnet.main["a"]`, sorted. */
const claims = (found: readonly ResourceRow[]) =>
  found.flatMap(({ kind, states }) => states.map(({ address }) => `${kind} ${address}`)).sort();

const managed = [
  'aws.dynamodb.table aws_dynamodb_table.carts',
  'aws.ec2.elastic-ip module.network.aws_eip.nat',
  'aws.ec2.instance aws_instance.web',
  'aws.ec2.internet-gateway module.network.aws_internet_gateway.main',
  'aws.ec2.natgateway module.network.aws_nat_gateway.main',
  'aws.ec2.route-table module.network.aws_route_table.main',
  'aws.ec2.security-group module.network.aws_security_group.web',
  'aws.ec2.subnet module.network.aws_subnet.main["a"]',
  'aws.ec2.subnet module.network.aws_subnet.main["b"]',
  'aws.ec2.vpc module.network.aws_vpc.main',
  'aws.iam.role aws_iam_role.web',
  'aws.s3.bucket aws_s3_bucket.assets',
  'aws.sns.topic aws_sns_topic.events',
  'aws.sqs.queue aws_sqs_queue.orders[0]',
  'aws.sqs.queue aws_sqs_queue.orders[1]',
];

beforeAll(async () => {
  [moto, shell] = await Promise.all([startMoto(), openShell()]);
  code = path.join(shell.folder, 'shop');
  await mkdir(path.join(code, 'network'), { recursive: true });
  await writeFile(path.join(code, 'main.tf'), root);
  await writeFile(path.join(code, 'network', 'main.tf'), network);
  await tofu('init', '-no-color');
  await tofu('apply', '-auto-approve', '-no-color');
});

afterAll(async () => {
  await moto?.stop();
  await shell?.[Symbol.asyncDispose]();
});

test('what OpenTofu made and what a live run found are one node each, managed by the state', async () => {
  await discover('live');
  const before = await rows('live');
  const [file] = await importInto('live', path.join(code, 'terraform.tfstate'));
  expect(file).toMatchObject({ format: 'terraform-state', status: 'read', broken: 0 });
  const after = await rows('live');
  const ids = new Set(before.map(({ id }) => id));
  // The state itself, and what live runs have no kind for.
  expect(
    after
      .filter(({ id }) => !ids.has(id))
      .map(({ kind, isStub }) => `${kind} ${isStub}`)
      .sort(),
  ).toEqual(['aws.sns.topic true', 'aws.ssm.parameter true', 'other.terraform.state false']);
  const found = await rows('live', '--managed', 'managed');
  expect(claims(found)).toEqual(managed);
  expect(found.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({
    name: 'shop',
    state: 'available',
    gone: false,
    states: [
      {
        name: 'shop/terraform.tfstate',
        workspace: null,
        module: 'module.network',
        address: 'module.network.aws_vpc.main',
      },
    ],
  });
  expect(await rows('live', '--managed', 'gone')).toEqual([]);
  const rest = await rows('live', '--managed', 'unmanaged');
  expect(rest.length).toBe(after.filter(({ isStub }) => !isStub).length - managed.length - 1);
  expect(rest.every(({ states }) => states.length === 0)).toBe(true);
});

test('without a live run the state makes the same nodes, at the same ids', async () => {
  const live = await rows('live', '--managed', 'managed');
  await importInto('offline', path.join(code, 'terraform.tfstate'));
  const offline = await rows('offline', '--managed', 'managed');
  const shape = (found: readonly ResourceRow[]) =>
    found.map(({ id, kind, nativeId, region, scopeId }) => [id, kind, nativeId, region, scopeId].join(' ')).sort();
  expect(shape(offline)).toEqual(shape(live));
  expect(claims(offline)).toEqual(managed);
});

test('what `show -json` prints says the same, and a plan tells the state it was made on', async () => {
  await writeFile(path.join(shell.folder, 'prod.json'), await tofu('show', '-json'));
  const [shown] = await importInto('shown', path.join(shell.folder, 'prod.json'));
  expect(shown).toMatchObject({ format: 'terraform-state', status: 'read', broken: 0 });
  expect(claims(await rows('shown', '--managed', 'managed'))).toEqual(managed);

  await tofu('plan', '-no-color', '-destroy', '-out=destroy.plan');
  await writeFile(path.join(shell.folder, 'destroy.json'), await tofu('show', '-json', 'destroy.plan'));
  const [planned] = await importInto('planned', path.join(shell.folder, 'destroy.json'));
  expect(planned).toMatchObject({ format: 'terraform-plan', status: 'read', broken: 0 });
  expect(planned?.notes.join(' ')).toMatch(/It plans: delete 1\d/);
  expect(claims(await rows('planned', '--managed', 'managed'))).toEqual(managed);
});

test('what `show -json` prints beside the state adds no second manager, and `graph find` lists what the state manages', async () => {
  await importInto('live', path.join(shell.folder, 'prod.json'));
  const found = await rows('live', '--managed', 'managed');
  expect(claims(found)).toEqual(managed);
  expect(new Set(found.flatMap(({ states }) => states.map(({ name }) => name)))).toEqual(new Set(['prod.json']));
  expect(claims((await rows('live', '--state', 'prod.json')).filter(({ isStub }) => !isStub))).toEqual(managed);
  expect(await rows('live', '--state', 'shop/terraform.tfstate')).toEqual([]);
});

test('what somebody deleted by hand is managed, but gone; the state brings nothing back', async () => {
  const sqs = new SQSClient({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await sqs.send(new DeleteQueueCommand({ QueueUrl: `${moto.endpoint}/123456789012/orders-0` }));
  sqs.destroy();
  await discover('live');
  // Fetched after the listing: it says what was made once, not what there is.
  await cp(path.join(code, 'terraform.tfstate'), path.join(shell.folder, 'pulled.tfstate'));
  await importInto('live', path.join(shell.folder, 'pulled.tfstate'));
  const gone = await rows('live', '--managed', 'gone');
  expect(claims(gone)).toEqual(['aws.sqs.queue aws_sqs_queue.orders[0]']);
  expect(gone[0]).toMatchObject({ isStub: true, gone: true });
  expect(claims(await rows('live', '--managed', 'managed'))).toEqual(managed.filter((one) => !/orders\[0\]/.test(one)));
});

test('no secret of the state is kept anywhere', async () => {
  const state = await readFile(path.join(code, 'terraform.tfstate'), 'utf8');
  expect(state).toContain('hunter2');
  const facts = path.join(shell.folder, 'offline', '.groundplan', 'facts');
  const files = (await readdir(facts, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  for (const { name, parentPath } of files) {
    const bytes = await readFile(path.join(parentPath, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    expect(text, name).not.toMatch(/hunter2|aHVudGVyMg/);
  }
});
