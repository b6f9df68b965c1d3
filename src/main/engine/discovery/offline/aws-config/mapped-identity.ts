import { convertGroup, convertIdentityProvider, convertPolicy, convertUser } from '../../providers/aws/iam/convert.ts';
import { bySchema, type MappedType, plain } from './mapped-type.ts';
import { answerBody } from './sdk-shape.ts';
import { instanceProfileOf, roleOf, tagList } from './special-shapes.ts';

/** Who may do what, by resource type as Config names it. */
export const mappedIdentity: readonly (readonly [string, MappedType])[] = [
  ['AWS::IAM::Role', { kind: 'aws.iam.role', idField: 'RoleName', convert: roleOf }],
  [
    'AWS::IAM::InstanceProfile',
    { kind: 'aws.iam.instance-profile', idField: 'InstanceProfileName', convert: instanceProfileOf },
  ],
  [
    'AWS::IAM::User',
    {
      kind: 'aws.iam.user',
      idField: 'UserName',
      convert: (body, item, place) => {
        const user = answerBody({ ...body, Arn: body['Arn'] ?? item.arn, Tags: tagList(item) });
        return convertUser({ user, groups: {} }, place);
      },
    },
  ],
  ['AWS::IAM::Group', plain(convertGroup, { kind: 'aws.iam.group', idField: 'GroupName' })],
  [
    'AWS::IAM::Policy',
    {
      kind: 'aws.iam.policy',
      idField: 'PolicyName',
      convert: (body, { arn, tags }, place) =>
        convertPolicy({ policy: answerBody({ ...body, Arn: body['Arn'] ?? arn }), tags }, place),
    },
  ],
  [
    'AWS::IAM::OIDCProvider',
    bySchema('aws.iam.oidc-provider', 'Arn', (body, item, place) => {
      const provider = answerBody({ ...body, Tags: tagList(item) });
      return convertIdentityProvider({ arn: item.arn ?? item.id, provider: provider as never }, place);
    }),
  ],
];
