import { blocks, body, reference, scalar, set, text, type OpenBody } from '../readings.ts';
import type { ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { tagsOf } from './tags.ts';

const balancer: ResourceMapping = {
  kind: 'aws.elasticloadbalancing.loadbalancer',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const arn = raw.text('LoadBalancerArn') ?? fact.id;
    const type = raw.text('Type');
    const isApplication = type === 'application';
    return {
      parts: [
        {
          type: 'aws_lb',
          name: raw.text('LoadBalancerName') ?? fact.name,
          importId: arn,
          identities: { arn, id: arn, dns_name: raw.text('DNSName') ?? '' },
          body: body({
            name: text(raw.text('LoadBalancerName')),
            load_balancer_type: text(type),
            internal: scalar(raw.text('Scheme') === 'internal'),
            ip_address_type: text(raw.text('IpAddressType')),
            subnets: set(raw.list('AvailabilityZones').map((zone) => reference('aws_subnet', zone.text('SubnetId')))),
            security_groups: set(raw.texts('SecurityGroups').map((id) => reference('aws_security_group', id))),
            idle_timeout: isApplication ? scalar(attributeNumber(raw, 'idle_timeout.timeout_seconds')) : undefined,
            enable_http2: isApplication ? scalar(attributeFlag(raw, 'routing.http2.enabled')) : undefined,
            enable_deletion_protection: scalar(attributeFlag(raw, 'deletion_protection.enabled')),
            enable_cross_zone_load_balancing:
              type === 'network' ? scalar(attributeFlag(raw, 'load_balancing.cross_zone.enabled')) : undefined,
            access_logs: blocks(accessLogs(raw)),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

/** Keys of these attribute lists hold dots, so they cannot be read as a path. */
function attribute(raw: Raw, key: string): string | null {
  const entry = raw.list('Attributes').find((candidate) => candidate.text('Key') === key);
  return entry?.text('Value') ?? raw.entries('Attributes')[key] ?? null;
}

function attributeFlag(raw: Raw, key: string): boolean | null {
  const value = attribute(raw, key);
  return value === null ? null : value === 'true';
}

function attributeNumber(raw: Raw, key: string): number | null {
  const value = attribute(raw, key);
  return value === null || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}

function accessLogs(raw: Raw): readonly OpenBody[] {
  if (attributeFlag(raw, 'access_logs.s3.enabled') !== true) return [];
  return [
    {
      bucket: reference('aws_s3_bucket', attribute(raw, 'access_logs.s3.bucket')),
      prefix: text(attribute(raw, 'access_logs.s3.prefix')),
      enabled: scalar(true),
    },
  ];
}

const targetGroup: ResourceMapping = {
  kind: 'aws.elasticloadbalancing.targetgroup',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const arn = raw.text('TargetGroupArn') ?? fact.id;
    return {
      parts: [
        {
          type: 'aws_lb_target_group',
          name: raw.text('TargetGroupName') ?? fact.name,
          importId: arn,
          identities: { arn, id: arn },
          body: body({
            name: text(raw.text('TargetGroupName')),
            port: scalar(raw.number('Port')),
            protocol: text(raw.text('Protocol')),
            target_type: text(raw.text('TargetType')),
            vpc_id: reference('aws_vpc', raw.text('VpcId')),
            deregistration_delay: scalar(attributeNumber(raw, 'deregistration_delay.timeout_seconds')),
            slow_start: scalar(attributeNumber(raw, 'slow_start.duration_seconds')),
            health_check: blocks([
              {
                protocol: text(raw.text('HealthCheckProtocol')),
                port: text(raw.text('HealthCheckPort')),
                path: text(raw.text('HealthCheckPath')),
                interval: scalar(raw.number('HealthCheckIntervalSeconds')),
                timeout: scalar(raw.number('HealthCheckTimeoutSeconds')),
                healthy_threshold: scalar(raw.number('HealthyThresholdCount')),
                unhealthy_threshold: scalar(raw.number('UnhealthyThresholdCount')),
                matcher: text(raw.text('Matcher.HttpCode')),
              },
            ]),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const listener: ResourceMapping = {
  kind: 'aws.elasticloadbalancing.listener',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const arn = raw.text('ListenerArn') ?? fact.id;
    const balancerArn = raw.text('LoadBalancerArn');
    const encrypted = ['HTTPS', 'TLS'].includes(raw.text('Protocol') ?? '');
    const actions = raw.list('DefaultActions');
    const foreign = actions.find(
      (action) => !['forward', 'redirect', 'fixed-response'].includes(action.text('Type') ?? ''),
    );
    if (foreign !== undefined) {
      return { leftOut: `Listeners with the action ${foreign.text('Type') ?? '?'} are not written as code yet.` };
    }
    return {
      parts: [
        {
          type: 'aws_lb_listener',
          name: null,
          of: { id: balancerArn ?? '', label: (raw.text('Protocol') ?? 'listener').toLowerCase() },
          importId: arn,
          identities: { arn, id: arn },
          body: body({
            load_balancer_arn: reference('aws_lb', balancerArn),
            port: scalar(raw.number('Port')),
            protocol: text(raw.text('Protocol')),
            ssl_policy: encrypted ? text(raw.text('SslPolicy')) : undefined,
            certificate_arn: text(raw.text('Certificates.0.CertificateArn')),
            default_action: blocks(actions.map(actionOf)),
          }),
        },
      ],
    };
  },
};

function actionOf(action: Raw): OpenBody {
  const type = action.text('Type') ?? 'forward';
  return {
    type: text(type),
    target_group_arn: reference(
      'aws_lb_target_group',
      action.text('TargetGroupArn', 'ForwardConfig.TargetGroups.0.TargetGroupArn'),
    ),
    redirect: blocks(
      type === 'redirect'
        ? [
            {
              host: text(action.text('RedirectConfig.Host')),
              path: text(action.text('RedirectConfig.Path')),
              port: text(action.text('RedirectConfig.Port')),
              protocol: text(action.text('RedirectConfig.Protocol')),
              query: text(action.text('RedirectConfig.Query')),
              status_code: text(action.text('RedirectConfig.StatusCode')),
            },
          ]
        : [],
    ),
    fixed_response: blocks(
      type === 'fixed-response'
        ? [
            {
              content_type: text(action.text('FixedResponseConfig.ContentType')),
              message_body: text(action.text('FixedResponseConfig.MessageBody')),
              status_code: text(action.text('FixedResponseConfig.StatusCode')),
            },
          ]
        : [],
    ),
  };
}

export const balancingMappings: readonly ResourceMapping[] = [balancer, targetGroup, listener];

export const balancingTypes: readonly TypeAbout[] = [
  {
    type: 'aws_lb',
    noun: 'load_balancer',
    boundary: 'application',
    defaults: {
      ip_address_type: 'ipv4',
      idle_timeout: 60,
      enable_http2: true,
      enable_deletion_protection: false,
      enable_cross_zone_load_balancing: false,
    },
  },
  {
    type: 'aws_lb_target_group',
    noun: 'target_group',
    boundary: 'application',
    defaults: { deregistration_delay: 300, slow_start: 0 },
  },
  { type: 'aws_lb_listener', noun: 'listener', boundary: 'application' },
];
