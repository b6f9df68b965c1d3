import {
  blocks,
  body,
  incidental,
  map,
  reference,
  scalar,
  secret,
  set,
  supplied,
  text,
  type OpenBody,
  type Reading,
} from '../readings.ts';
import type { ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { nameOf, ownTags, tagsOf } from './tags.ts';

const lambda: ResourceMapping = {
  kind: 'aws.lambda.function',
  convert(fact) {
    const raw = rawOf(fact.raw);
    // Some answers wrap the settings, as GetFunction does.
    const settings = raw.text('FunctionName') === null ? rawOf(memberObject(raw, 'Configuration')) : raw;
    const name = settings.text('FunctionName') ?? fact.nativeId;
    const subnets = settings.texts('VpcConfig.SubnetIds');
    return {
      parts: [
        {
          type: 'aws_lambda_function',
          name,
          importId: name,
          identities: { function_name: name, id: name, arn: fact.id },
          body: body({
            function_name: text(name),
            description: text(settings.text('Description')),
            role: reference('aws_iam_role', settings.text('Role')),
            runtime: text(settings.text('Runtime')),
            handler: text(settings.text('Handler')),
            filename: supplied('package', `Path of the deployment package of the function`),
            memory_size: scalar(settings.number('MemorySize')),
            timeout: scalar(settings.number('Timeout')),
            environment: blocks(environment(settings)),
            vpc_config: blocks(
              subnets.length === 0
                ? []
                : [
                    {
                      subnet_ids: set(subnets.map((id) => reference('aws_subnet', id))),
                      security_group_ids: set(
                        settings.texts('VpcConfig.SecurityGroupIds').map((id) => reference('aws_security_group', id)),
                      ),
                    },
                  ],
            ),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

function memberObject(raw: Raw, name: string) {
  const { value } = raw;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value[name] ?? null) : null;
}

/** Values of a function's environment are removed from the facts, so each becomes a sensitive input. */
function environment(raw: Raw): readonly OpenBody[] {
  const variables = memberObject(rawOf(memberObject(raw, 'Environment')), 'Variables');
  const names =
    typeof variables === 'object' && variables !== null && !Array.isArray(variables)
      ? Object.keys(variables)
      : raw.texts('Environment.VariableNames', 'EnvironmentVariableNames');
  if (names.length === 0) return [];
  const entries = Object.fromEntries(
    names.map((name): [string, Reading] => [name, secret(`environment_${name.toLowerCase()}`)]),
  );
  return [{ variables: { kind: 'map', entries } }];
}

const launchTemplate: ResourceMapping = {
  kind: 'aws.ec2.launch-template',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('LaunchTemplateName') ?? fact.name;
    const version = rawOf(
      raw.list('LaunchTemplateVersions', 'Versions')[0]?.value ??
        memberObject(raw, 'LatestVersion') ??
        memberObject(raw, 'DefaultVersion'),
    );
    const data = rawOf(memberObject(version, 'LaunchTemplateData') ?? memberObject(raw, 'LaunchTemplateData') ?? null);
    if (data.value === null) return { leftOut: 'What the launch template launches could not be read.' };
    return {
      parts: [
        {
          type: 'aws_launch_template',
          name,
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id, name },
          body: body({
            name: text(name),
            image_id: text(data.text('ImageId')),
            instance_type: text(data.text('InstanceType')),
            key_name: text(data.text('KeyName')),
            ebs_optimized: text(data.text('EbsOptimized')),
            user_data: data.text('UserData') === null ? undefined : secret('user_data'),
            vpc_security_group_ids: set(
              data.texts('SecurityGroupIds').map((id) => reference('aws_security_group', id)),
            ),
            iam_instance_profile: blocks(
              data.text('IamInstanceProfile.Arn', 'IamInstanceProfile.Name') === null
                ? []
                : [
                    {
                      arn: text(data.text('IamInstanceProfile.Arn')),
                      name: text(data.text('IamInstanceProfile.Name')),
                    },
                  ],
            ),
            tag_specifications: blocks(
              data
                .list('TagSpecifications')
                // Tags of the template itself stand in its own attribute.
                .filter((specification) => specification.text('ResourceType') !== 'launch-template')
                .map((specification) => ({
                  resource_type: text(specification.text('ResourceType')),
                  tags: map(
                    Object.fromEntries(
                      specification.list('Tags').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']),
                    ),
                  ),
                })),
            ),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const instance: ResourceMapping = {
  kind: 'aws.ec2.instance',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const state = raw.text('State.Name');
    if (state === 'terminated' || state === 'shutting-down') return { leftOut: 'The instance is terminated.' };
    if (fact.tags['aws:autoscaling:groupName'] !== undefined) {
      return { leftOut: 'An instance that its auto-scaling group makes and removes.' };
    }
    const groups = raw.list('SecurityGroups').map((group) => reference('aws_security_group', group.text('GroupId')));
    return {
      parts: [
        {
          type: 'aws_instance',
          name: nameOf(fact),
          zone: raw.text('Placement.AvailabilityZone'),
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id, private_ip: raw.text('PrivateIpAddress') ?? '' },
          body: body({
            ami: text(raw.text('ImageId')),
            instance_type: text(raw.text('InstanceType')),
            subnet_id: reference('aws_subnet', raw.text('SubnetId')),
            vpc_security_group_ids: set(groups),
            key_name: text(raw.text('KeyName')),
            ebs_optimized: scalar(raw.flag('EbsOptimized')),
            source_dest_check: scalar(raw.flag('SourceDestCheck')),
            iam_instance_profile: text(raw.text('IamInstanceProfile.Arn')?.split('/').at(-1)),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const scalingGroup: ResourceMapping = {
  kind: 'aws.autoscaling.autoscalinggroup',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('AutoScalingGroupName') ?? fact.name;
    const template = raw.text('LaunchTemplate.LaunchTemplateId');
    if (template === null) {
      return { leftOut: 'Auto-scaling groups without one launch template of their own are not written as code yet.' };
    }
    const spread = new Set(
      raw
        .list('Tags')
        .filter((tag) => tag.flag('PropagateAtLaunch') === true)
        .map((tag) => tag.text('Key')),
    );
    const subnets = (raw.text('VPCZoneIdentifier') ?? '').split(',').map((id) => id.trim());
    return {
      parts: [
        {
          type: 'aws_autoscaling_group',
          name,
          importId: name,
          identities: { name, id: name, arn: fact.id },
          body: body({
            name: text(name),
            min_size: scalar(raw.number('MinSize')),
            max_size: scalar(raw.number('MaxSize')),
            desired_capacity: scalar(raw.number('DesiredCapacity')),
            default_cooldown: incidental(scalar(raw.number('DefaultCooldown'))),
            health_check_type: text(raw.text('HealthCheckType')),
            health_check_grace_period: scalar(raw.number('HealthCheckGracePeriod')),
            vpc_zone_identifier: set(subnets.map((id) => reference('aws_subnet', id))),
            target_group_arns: set(raw.texts('TargetGroupARNs').map((arn) => reference('aws_lb_target_group', arn))),
            launch_template: blocks([
              {
                id: reference('aws_launch_template', template),
                version: text(raw.text('LaunchTemplate.Version')),
              },
            ]),
            tag: blocks(
              Object.entries(ownTags(fact)).map(([key, value]) => ({
                key: text(key),
                value: text(value),
                propagate_at_launch: scalar(spread.has(key)),
              })),
            ),
          }),
        },
      ],
    };
  },
};

export const computeMappings: readonly ResourceMapping[] = [lambda, launchTemplate, instance, scalingGroup];

const howTheToolWaits = 'Says only how the tool waits or deletes; AWS keeps no such setting.';

export const computeTypes: readonly TypeAbout[] = [
  {
    type: 'aws_lambda_function',
    noun: 'function',
    boundary: 'application',
    defaults: { memory_size: 128, timeout: 3 },
    choices: ['runtime'],
    stateOnly: [
      { attribute: 'filename', why: 'A path on the machine that deployed it; the code that runs stays as it is.' },
      { attribute: 'publish', why: 'Says only whether the tool makes a version when it uploads code.' },
    ],
  },
  {
    type: 'aws_launch_template',
    noun: 'launch_template',
    boundary: 'compute',
    choices: ['instance_type'],
  },
  {
    type: 'aws_instance',
    noun: 'instance',
    boundary: 'compute',
    defaults: { ebs_optimized: false, source_dest_check: true },
    choices: ['instance_type'],
    stateOnly: [
      {
        attribute: 'user_data',
        why: 'Start-up scripts may hold secrets and are not kept in the estate; what runs has run its own.',
      },
    ],
  },
  {
    type: 'aws_autoscaling_group',
    noun: 'scaling_group',
    boundary: 'compute',
    stateOnly: [
      { attribute: 'force_delete', why: howTheToolWaits },
      { attribute: 'wait_for_capacity_timeout', why: howTheToolWaits },
      {
        attribute: 'metrics_granularity',
        why: 'Takes effect only together with metrics, which this group does not collect.',
      },
    ],
  },
];
