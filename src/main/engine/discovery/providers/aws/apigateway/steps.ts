import { type AwsStep, awsStep } from '../aws-step.ts';
import { listDomains, listHttpApis, listRestApis, listStages, listVpcLinks } from './client.ts';
import { readPermission } from './client-rest.ts';
import { convertHttpApi, convertRestApi, convertStage } from './convert.ts';
import { convertDomain, convertVpcLink } from './convert-entrance.ts';

const service = 'apigateway';
const permissions = [readPermission];

export const apiGatewaySteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.apigateway.rest-apis',
    service,
    kind: 'aws.apigateway.restapi',
    relationships: ['HAS_ADDRESS', 'REFERENCES', 'RUNS_AS', 'TARGETS'],
    permissions,
    list: listRestApis,
    convert: convertRestApi,
  }),
  awsStep({
    id: 'aws.apigateway.apis',
    service,
    kind: 'aws.apigateway.api',
    relationships: ['HAS_ADDRESS', 'RUNS_AS', 'TARGETS'],
    permissions,
    list: listHttpApis,
    convert: convertHttpApi,
  }),
  awsStep({
    id: 'aws.apigateway.stages',
    service,
    kind: 'aws.apigateway.stage',
    relationships: ['CONTAINS', 'PROTECTED_BY', 'TARGETS'],
    permissions,
    list: listStages,
    convert: convertStage,
  }),
  awsStep({
    id: 'aws.apigateway.domain-names',
    service,
    kind: 'aws.apigateway.domainname',
    relationships: ['HAS_ADDRESS', 'REFERENCES', 'TARGETS'],
    permissions,
    list: listDomains,
    convert: convertDomain,
  }),
  awsStep({
    id: 'aws.apigateway.vpc-links',
    service,
    kind: 'aws.apigateway.vpclink',
    relationships: ['IN_NETWORK', 'PROTECTED_BY', 'TARGETS'],
    permissions,
    list: listVpcLinks,
    convert: convertVpcLink,
  }),
];
