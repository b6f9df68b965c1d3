import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proposeBoundary } from '../boundary-table.ts';
import { readTemplate } from './template.ts';
import { cloudFormationTool } from './tool.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-template-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function files(given: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(given)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

const database = `AWSTemplateFormatVersion: 2010-09-09
Description: A database in two subnets
Parameters:
  Vpc: { Type: AWS::EC2::VPC::Id, Description: Where it lies }
  Subnets: { Type: List<AWS::EC2::Subnet::Id> }
  Size:
    Type: String
    AllowedValues: [small, large]
    Default: small
  Storage: { Type: Number, MinValue: 20, MaxValue: 1000, Default: '100' }
  Name: { Type: String, AllowedPattern: '[a-z]+', MinLength: 2, MaxLength: 8, ConstraintDescription: Letters only }
  Password: { Type: String, NoEcho: true }
  Zones: { Type: CommaDelimitedList, Default: 'a,b' }
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /images/base }
Conditions:
  Large: !Equals [!Ref Size, large]
Resources:
  Group: { Type: AWS::RDS::DBSubnetGroup, Properties: { SubnetIds: !Ref Subnets } }
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref Password
      DBSubnetGroupName: !Ref Group
      VPCSecurityGroups: [!ImportValue shared-group]
  Role: { Type: AWS::IAM::Role, Properties: { RoleName: db } }
Outputs:
  Address:
    Description: Where it answers
    Value: !GetAtt Database.Endpoint.Address
    Export: { Name: !Sub '\${AWS::StackName}-address' }
  Url: { Value: !Sub 'postgres://admin:\${Password}@\${Database.Endpoint.Address}' }
  Replica: { Condition: Large, Value: !Ref Database }
`;

describe('a template', () => {
  test('is found by its content, and named after its file or folder', async () => {
    await files({
      'database.yaml': database,
      'values.yaml': 'Resources: 3\n',
      'app/template.json': '{"Resources": {}}',
    });
    expect(await cloudFormationTool.find(folder)).toEqual([
      { runner: 'cloudformation', folder, entry: 'database.yaml', title: 'database' },
    ]);
  });

  test('has its parameters as inputs', async () => {
    await files({ 'database.yaml': database });
    const { inputs } = await cloudFormationTool.read(folder, { entry: 'database.yaml' });
    expect(inputs.required).toEqual(['Vpc', 'Subnets', 'Name', 'Password']);
    expect(inputs.properties).toEqual({
      Vpc: {
        type: 'string',
        pattern: '^vpc-[0-9a-f]+$',
        description: 'Where it lies',
        'x-origin': { how: 'declared', where: 'database.yaml:4' },
      },
      Subnets: {
        type: 'array',
        items: { type: 'string', pattern: '^subnet-[0-9a-f]+$' },
        'x-origin': { how: 'declared', where: 'database.yaml:5' },
      },
      Size: {
        type: 'string',
        enum: ['small', 'large'],
        default: 'small',
        'x-origin': { how: 'declared', where: 'database.yaml:6' },
      },
      Storage: {
        type: 'number',
        minimum: 20,
        maximum: 1000,
        default: 100,
        'x-origin': { how: 'declared', where: 'database.yaml:10' },
      },
      Name: {
        type: 'string',
        pattern: '^(?:[a-z]+)$',
        minLength: 2,
        maxLength: 8,
        'x-conditions': ['Letters only'],
        'x-origin': { how: 'declared', where: 'database.yaml:11' },
      },
      Password: { type: 'string', 'x-sensitive': true, 'x-origin': { how: 'declared', where: 'database.yaml:12' } },
      Zones: {
        type: 'array',
        items: { type: 'string' },
        default: ['a', 'b'],
        'x-origin': { how: 'declared', where: 'database.yaml:13' },
      },
      Image: {
        type: 'string',
        pattern: '^[A-Za-z0-9_./-]+$',
        default: '/images/base',
        'x-conditions': ['The name of a parameter in the Systems Manager store that holds AWS::EC2::Image::Id.'],
        'x-origin': { how: 'declared', where: 'database.yaml:14' },
      },
    });
  });

  test('has its outputs with exports, conditions and secrets', async () => {
    await files({ 'database.yaml': database });
    const { outputs } = await cloudFormationTool.read(folder, { entry: 'database.yaml' });
    expect(outputs).toEqual({
      type: 'object',
      properties: {
        Address: {
          type: 'string',
          description: 'Where it answers',
          'x-conditions': ['Exported to other stacks as ${AWS::StackName}-address.'],
          'x-origin': { how: 'declared', where: 'database.yaml:27' },
        },
        Url: { type: 'string', 'x-sensitive': true, 'x-origin': { how: 'declared', where: 'database.yaml:31' } },
        Replica: {
          type: 'string',
          'x-conditions': ['Only where Large: Size is large.'],
          'x-origin': { how: 'declared', where: 'database.yaml:32' },
        },
      },
      required: ['Address', 'Url'],
    });
  });

  test('says what it needs and creates, and where it belongs', async () => {
    await files({ 'database.yaml': database });
    const reading = await cloudFormationTool.read(folder, { entry: 'database.yaml' });
    expect(reading.requires.map(({ kind, name }) => [kind, name])).toEqual([
      ['capability', 'CAPABILITY_NAMED_IAM'],
      ['export', 'shared-group'],
    ]);
    expect(reading.creates).toEqual({ 'AWS::RDS::DBSubnetGroup': 1, 'AWS::RDS::DBInstance': 1, 'AWS::IAM::Role': 1 });
    expect(proposeBoundary(reading.creates)).toMatchObject({ boundary: 'data' });
    expect(reading.summary).toBe('A database in two subnets');
    expect(reading.problems).toEqual([]);
  });

  test('may be JSON, with the functions in their long form', async () => {
    await files({
      'stack.json': JSON.stringify({
        Parameters: { Name: { Type: 'String' } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } },
        Outputs: { Url: { Value: { 'Fn::GetAtt': ['Queue', 'QueueUrl'] } } },
      }),
    });
    const [found] = await cloudFormationTool.find(folder);
    expect(found?.title).toBe(path.basename(folder));
    const reading = await cloudFormationTool.read(folder, { entry: 'stack.json' });
    expect(reading.inputs.required).toEqual(['Name']);
    expect(reading.problems).toEqual([]);
  });
});

describe('what a template names beside itself', () => {
  const parent = `Resources:
  Network: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./parts/network.yaml } }
  Far: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://example.com/far.yaml } }
  Gone: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: gone.yaml } }
  Out: { Type: AWS::Lambda::Function, Properties: { Code: ../elsewhere } }
`;
  const network = 'Resources:\n  Vpc: { Type: AWS::EC2::VPC }\n';

  test('nested templates are copied along and read; what cannot be reached is said', async () => {
    await files({ 'parent.yaml': parent, 'parts/network.yaml': network });
    const code = { runner: 'cloudformation' as const, folder, entry: 'parent.yaml', title: 'parent' };
    const gathered = await cloudFormationTool.gather(code);
    expect(gathered.content.map((file) => file.path)).toEqual(['parent.yaml', 'parts/network.yaml']);
    expect(gathered.problems.map(({ code: name }) => name)).toEqual(['missing-file', 'left-out']);
    const reading = await cloudFormationTool.read(folder, { entry: 'parent.yaml' });
    expect(reading.creates['AWS::EC2::VPC']).toBe(1);
    expect(reading.dependencies).toEqual([
      { name: 'Network', source: './parts/network.yaml' },
      { name: 'Far', source: 'https://example.com/far.yaml' },
      { name: 'Gone', source: 'gone.yaml' },
    ]);
    expect(reading.problems.map(({ message }) => message)).toEqual([
      'Gone nests gone.yaml, which is not there: what it creates is unknown.',
    ]);
  });

  test('a template that others of the folder nest is no piece of its own; a circle is named', async () => {
    const nests = (other: string) =>
      `Resources:\n  A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${other} } }\n`;
    await files({ 'parent.yaml': nests('network.yaml'), 'network.yaml': network });
    expect((await cloudFormationTool.find(folder)).map(({ entry }) => entry)).toEqual(['parent.yaml']);
    await files({ 'network.yaml': nests('parent.yaml') });
    expect(await cloudFormationTool.find(folder)).toHaveLength(2);
    const { problems } = await cloudFormationTool.read(folder, { entry: 'parent.yaml' });
    expect(problems.map(({ code }) => code)).toEqual(['nested-cycle']);
  });

  test('serverless templates bring their code and say which transform they need', async () => {
    await files({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello: { Type: AWS::Serverless::Function, Properties: { CodeUri: src/, Handler: app.handler } }
`,
      'src/app.py': 'def handler(event, context): ...\n',
    });
    const code = { runner: 'cloudformation' as const, folder, entry: 'template.yaml', title: 'x' };
    expect((await cloudFormationTool.gather(code)).content.map((file) => file.path)).toEqual([
      'template.yaml',
      'src/app.py',
    ]);
    const { requires, creates } = await cloudFormationTool.read(folder, { entry: 'template.yaml' });
    expect(requires.map(({ name }) => name)).toEqual([
      'AWS::Serverless-2016-10-31',
      'CAPABILITY_IAM',
      'CAPABILITY_AUTO_EXPAND',
    ]);
    expect(proposeBoundary(creates)).toMatchObject({ boundary: 'application' });
  });
});

describe('conditions, loops and nested stacks', () => {
  test('say in words when something is there; a condition that nobody declares is an error', async () => {
    await files({
      'a.yaml': `Parameters:
  Stage: { Type: String }
  Zone: { Type: AWS::EC2::AvailabilityZone::Name }
Conditions:
  Live: !Equals [!Ref Stage, live]
  Wide: !And [!Condition Live, !Not [!Equals [!Ref Zone, '']]]
Resources:
  One: { Type: AWS::SQS::Queue, Condition: Wide }
  Two: { Type: AWS::SQS::Queue, Condition: Wide }
  Three: { Type: AWS::SQS::Queue, Condition: Gone }
  Four: { Type: AWS::SNS::Topic, Properties: { Name: !ImportValue { 'Fn::Sub': '\${Stage}-topic' } } }
Outputs:
  Arn: { Condition: Wide, Value: { 'Fn::GetAtt': One.Arn } }
  Other: { Value: { 'Fn::ImportValue': { 'Fn::Join': ['', [a, b]] } } }
`,
    });
    const { problems, outputs, inputs, requires } = await cloudFormationTool.read(folder, { entry: 'a.yaml' });
    expect(problems.map(({ severity, line, message }) => [severity, line, message])).toEqual([
      ['error', 10, 'Three stands under the condition Gone, which the template does not declare.'],
      ['info', 6, 'Created only where Wide: Stage is live and Zone is not empty: One, Two.'],
    ]);
    expect(outputs.required).toEqual(['Other']);
    expect(outputs.properties['Arn']?.['x-conditions']).toEqual([
      'Only where Wide: Stage is live and Zone is not empty.',
    ]);
    expect(inputs.properties['Zone']).toMatchObject({
      type: 'string',
      'x-conditions': ['Names an availability zone that exists.'],
    });
    expect(requires.map(({ kind, name, origin }) => [kind, name, origin.how])).toEqual([
      ['export', '${Stage}-topic', 'declared'],
      ['export', 'a name that is known only when it runs', 'unknown'],
    ]);
  });

  test('what a loop repeats counts once', async () => {
    await files({
      'a.yaml': `Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Queues': [Name, [a, b], { 'Queue\${Name}': { Type: AWS::SQS::Queue } }]
`,
    });
    expect((await cloudFormationTool.read(folder, { entry: 'a.yaml' })).creates).toEqual({ 'AWS::SQS::Queue': 1 });
  });

  test('what does not fit between a stack and the template it nests is told', async () => {
    await files({
      'parent.yaml': `Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: inner.yaml
      Parameters: { Szie: 1 }
Outputs:
  Login: { Value: !GetAtt Inner.Outputs.Login }
  Gone: { Value: !GetAtt Inner.Outputs.Adress }
`,
      'inner.yaml': `Parameters:
  Size: { Type: Number }
  Password: { Type: String, NoEcho: true, Default: x }
Resources:
  Queue: { Type: AWS::SQS::Queue }
Outputs:
  Login: { Value: !Ref Password }
  Address: { Value: !Ref Queue }
`,
    });
    const { problems, outputs } = await cloudFormationTool.read(folder, { entry: 'parent.yaml' });
    expect(problems.map(({ code, line, message }) => [code, line, message])).toEqual([
      ['nested-mismatch', 6, 'The nested stack Inner needs the parameter Size, which is not given.'],
      ['nested-mismatch', 6, 'The nested stack Inner is given the parameter Szie, which its template does not have.'],
      ['nested-mismatch', 9, 'Inner.Outputs.Adress is read, but the nested template has no such output.'],
    ]);
    expect(outputs.properties['Login']).toMatchObject({ 'x-sensitive': true });
  });
});

describe('what is wrong in a template', () => {
  test('a text that does not parse is named with line and column', () => {
    const reading = readTemplate('a.yaml', 'Resources:\n  A: { Type: AWS::SQS::Queue\n');
    expect(reading).toMatchObject({ ok: false, problems: [{ file: 'a.yaml', line: 3, code: 'unreadable-file' }] });
  });

  test('a name that nobody declares, an unknown type', async () => {
    await files({
      'a.yaml': `Parameters:
  Size: { Type: Bigness }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '\${Nmae}-queue'
`,
    });
    const { problems, inputs } = await cloudFormationTool.read(folder, { entry: 'a.yaml' });
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['bad-type', 2],
      ['unknown-name', 7],
    ]);
    expect(inputs.properties['Size']?.['x-origin']?.how).toBe('unknown');
  });
});
