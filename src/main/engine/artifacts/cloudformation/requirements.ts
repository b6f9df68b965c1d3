import type { Requirement } from '#shared/model/index.ts';
import { importsIn } from './references.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

// Types that need the consent CAPABILITY_IAM, from "Acknowledging IAM resources in CloudFormation templates".
const identityTypes = new Set([
  'AWS::IAM::AccessKey',
  'AWS::IAM::Group',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::UserToGroupAddition',
]);
const nameProperties = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

function transformsOf(template: Template): readonly string[] {
  const { Transform } = template.value;
  const list = Array.isArray(Transform) ? (Transform as readonly unknown[]) : [Transform];
  return list.flatMap((one) => {
    if (typeof one === 'string') return [one];
    return isRecord(one) && typeof one['Name'] === 'string' ? [one['Name']] : [];
  });
}

/** Consents that CloudFormation asks for before it takes the template. */
function capabilitiesOf(template: Template): readonly string[] {
  const identities = sectionOf(template, 'Resources').filter(([, { Type }]) => identityTypes.has(String(Type)));
  const named = identities.some(
    ([, { Properties }]) => isRecord(Properties) && nameProperties.some((name) => Properties[name] !== undefined),
  );
  // The transform makes roles for functions that bring none.
  const serverless = transformsOf(template).some((name) => name.startsWith('AWS::Serverless'));
  return [
    ...(named ? ['CAPABILITY_NAMED_IAM'] : identities.length > 0 || serverless ? ['CAPABILITY_IAM'] : []),
    ...(transformsOf(template).length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
}

/** What must be there for a template to be taken: transforms, consents, exports of other stacks. */
export function readTemplateRequirements(template: Template, file: string): readonly Requirement[] {
  const at = (section: string) => `${file}:${template.lineOf([section])}`;
  const imports = [...new Set([...importsIn(template.value['Resources']), ...importsIn(template.value['Outputs'])])];
  return [
    ...transformsOf(template).map((name): Requirement => ({
      kind: 'transform',
      name,
      version: null,
      origin: { how: 'declared', where: at('Transform') },
    })),
    ...capabilitiesOf(template).map((name): Requirement => ({
      kind: 'capability',
      name,
      version: null,
      origin: { how: 'inferred', where: at('Resources') },
    })),
    ...imports.map((name): Requirement => ({
      kind: 'export',
      name: name ?? 'a name that is known only when it runs',
      version: null,
      origin: { how: name === null ? 'unknown' : 'declared', where: at('Resources') },
    })),
  ];
}
