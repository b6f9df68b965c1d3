import { isRecord, sectionOf, type Template } from './template.ts';

/** A property that names a file or folder beside the template: `aws cloudformation package` uploads it. */
export interface LocalFile {
  readonly resource: string;
  readonly property: string;
  readonly source: string;
  /** True where the file is a template of its own. */
  readonly nested: boolean;
}

// From the list of `aws cloudformation package` in the AWS command line's reference.
const localProperties: readonly (readonly [type: string, property: string])[] = [
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
  ['AWS::Serverless::Function', 'CodeUri'],
  ['AWS::Serverless::LayerVersion', 'ContentUri'],
  ['AWS::Serverless::Api', 'DefinitionUri'],
  ['AWS::Serverless::HttpApi', 'DefinitionUri'],
  ['AWS::Serverless::StateMachine', 'DefinitionUri'],
  ['AWS::Lambda::Function', 'Code'],
  ['AWS::Lambda::LayerVersion', 'Content'],
  ['AWS::ApiGateway::RestApi', 'BodyS3Location'],
  ['AWS::AppSync::GraphQLSchema', 'DefinitionS3Location'],
  ['AWS::StepFunctions::StateMachine', 'DefinitionS3Location'],
  ['AWS::ElasticBeanstalk::ApplicationVersion', 'SourceBundle'],
];

const nestedTypes = new Set(['AWS::CloudFormation::Stack', 'AWS::Serverless::Application']);

/** Nested stacks and code that the template names by a path or an address. */
export function filesOf(template: Template): readonly LocalFile[] {
  return sectionOf(template, 'Resources').flatMap(([resource, { Type, Properties }]) =>
    localProperties.flatMap(([type, property]) => {
      const source = Type === type && isRecord(Properties) ? Properties[property] : undefined;
      return typeof source === 'string' ? [{ resource, property, source, nested: nestedTypes.has(type) }] : [];
    }),
  );
}

/** True for a path, false for an address such as `https://…` or `s3://…`. */
export function isPath(source: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(source);
}
