import { blocks, body, range, reference, scalar, set, text, type OpenBody } from '../readings.ts';
import type { ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { tagsOf } from './tags.ts';

/**
 * Rules stand inside the group, so that a rule added by hand is seen as drift of the group. The provider puts together
 * what shares protocol, ports and description; the blocks here are grouped in the same way or an import shows changes.
 */
const securityGroup: ResourceMapping = {
  kind: 'aws.ec2.security-group',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('GroupName') ?? fact.name;
    if (name === 'default') return { leftOut: 'The default security group, which AWS makes with its network.' };
    const network = raw.text('VpcId');
    const rules = (path: string) => blocks(gather(raw.list(path), { group: fact.nativeId, network }));
    return {
      parts: [
        {
          type: 'aws_security_group',
          name,
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id },
          body: body({
            name: text(name),
            description: text(raw.text('Description')),
            vpc_id: reference('aws_vpc', network),
            ingress: rules('IpPermissions'),
            egress: rules('IpPermissionsEgress'),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

interface Rule {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly description: string;
  readonly ranges: string[];
  readonly ranges6: string[];
  readonly prefixLists: string[];
  readonly groups: string[];
  self: boolean;
}

function gather(
  permissions: readonly Raw[],
  place: { readonly group: string; readonly network: string | null },
): OpenBody[] {
  const rules = new Map<string, Rule>();
  for (const permission of permissions) {
    const rule = (source: Raw): Rule => {
      const protocol = permission.text('IpProtocol') ?? '-1';
      const from = permission.number('FromPort') ?? 0;
      const to = permission.number('ToPort') ?? 0;
      const description = source.text('Description') ?? '';
      const key = JSON.stringify([protocol, from, to, description]);
      const known = rules.get(key);
      if (known !== undefined) return known;
      const made = {
        protocol,
        from,
        to,
        description,
        ranges: [],
        ranges6: [],
        prefixLists: [],
        groups: [],
        self: false,
      };
      rules.set(key, made);
      return made;
    };
    for (const source of permission.list('IpRanges')) rule(source).ranges.push(source.text('CidrIp') ?? '');
    for (const source of permission.list('Ipv6Ranges')) rule(source).ranges6.push(source.text('CidrIpv6') ?? '');
    for (const source of permission.list('PrefixListIds'))
      rule(source).prefixLists.push(source.text('PrefixListId') ?? '');
    for (const source of permission.list('UserIdGroupPairs')) {
      const id = source.text('GroupId') ?? '';
      if (id === place.group) rule(source).self = true;
      else rule(source).groups.push(id);
    }
  }
  return [...rules.values()].map((rule) => bodyOf(rule, place.network));
}

function bodyOf(rule: Rule, network: string | null): OpenBody {
  return {
    description: text(rule.description),
    from_port: scalar(rule.from),
    to_port: scalar(rule.to),
    protocol: text(rule.protocol),
    cidr_blocks: set(rule.ranges.map((value) => range(value, network))),
    ipv6_cidr_blocks: set(rule.ranges6.map(text)),
    prefix_list_ids: set(rule.prefixLists.map(text)),
    security_groups: set(rule.groups.map((id) => reference('aws_security_group', id))),
    self: rule.self ? scalar(true) : undefined,
  };
}

export const securityGroupMappings: readonly ResourceMapping[] = [securityGroup];

export const securityGroupTypes: readonly TypeAbout[] = [
  {
    type: 'aws_security_group',
    noun: 'security_group',
    boundary: 'networking',
    stateOnly: [
      {
        attribute: 'revoke_rules_on_delete',
        why: 'Says only what the tool does before it deletes the group; AWS keeps no such setting.',
      },
      { attribute: 'timeouts', why: 'Says only how long the tool waits; AWS keeps no such setting.' },
    ],
  },
  { type: 'aws_security_group_rule', noun: 'security_group_rule', boundary: 'networking' },
];
