import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import {
  convertBackendBucket,
  convertBackendService,
  convertForwardingRule,
  convertNetworkEndpointGroup,
  convertTargetInstance,
  convertTargetPool,
  convertTargetProxy,
  convertUrlMap,
} from './convert.ts';

const forwardingRule = {
  category: 'balancer',
  relationships: ['HAS_ADDRESS', 'IN_NETWORK', 'TARGETS'],
  convert: convertForwardingRule,
} as const;

const proxy = { category: 'listener', relationships: ['REFERENCES', 'TARGETS'], convert: convertTargetProxy } as const;

const backendService = {
  category: 'target-group',
  relationships: ['IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'TARGETS'],
  convert: convertBackendService,
} as const;

const plain = { category: 'other', relationships: [] } as const;

export const computeBalancingSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.compute.balancers',
    typesOf('compute.googleapis.com', {
      ForwardingRule: forwardingRule,
      GlobalForwardingRule: forwardingRule,
      TargetHttpProxy: proxy,
      TargetHttpsProxy: proxy,
      TargetSslProxy: proxy,
      TargetTcpProxy: proxy,
      UrlMap: { category: 'listener', relationships: ['TARGETS'], convert: convertUrlMap },
      BackendService: backendService,
      RegionBackendService: backendService,
      BackendBucket: {
        category: 'target-group',
        relationships: ['PROTECTED_BY', 'TARGETS'],
        convert: convertBackendBucket,
      },
      NetworkEndpointGroup: {
        category: 'target-group',
        relationships: ['IN_NETWORK', 'TARGETS'],
        convert: convertNetworkEndpointGroup,
      },
      TargetPool: {
        category: 'target-group',
        relationships: ['PROTECTED_BY', 'REFERENCES', 'TARGETS'],
        convert: convertTargetPool,
      },
      TargetInstance: {
        category: 'target-group',
        relationships: ['IN_NETWORK', 'PROTECTED_BY', 'TARGETS'],
        convert: convertTargetInstance,
      },
      HealthCheck: plain,
      SslCertificate: plain,
    }),
  ),
];
