import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import {
  convertAddress,
  convertConnector,
  convertExternalVpnGateway,
  convertInterconnectAttachment,
  convertNetwork,
  convertServiceAttachment,
  convertSubnetwork,
  convertVpnGateway,
  convertVpnTunnel,
} from './convert.ts';
import { convertRoute, convertRouter } from './convert-routes.ts';

const address = {
  category: 'address',
  relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'IN_NETWORK'],
  convert: convertAddress,
} as const;

const vpnGateway = {
  category: 'gateway',
  relationships: ['ATTACHED_TO', 'HAS_ADDRESS'],
  convert: convertVpnGateway,
} as const;

export const computeNetworkSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.compute.networks',
    typesOf('compute.googleapis.com', {
      Network: { category: 'network', relationships: ['HAS_ADDRESS', 'PEERED_WITH'], convert: convertNetwork },
      Subnetwork: {
        category: 'subnetwork',
        relationships: ['CONTAINS', 'HAS_ADDRESS', 'IN_NETWORK'],
        convert: convertSubnetwork,
      },
      Address: address,
      GlobalAddress: address,
    }),
  ),
  gcpStep('gcp.compute.routes', [
    ...typesOf('compute.googleapis.com', {
      Route: { category: 'route-table', relationships: ['IN_NETWORK', 'ROUTES_TO'], convert: convertRoute },
      Router: {
        category: 'gateway',
        relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'ROUTES_TO'],
        convert: convertRouter,
      },
      VpnGateway: vpnGateway,
      TargetVpnGateway: vpnGateway,
      ExternalVpnGateway: {
        category: 'gateway',
        relationships: ['HAS_ADDRESS'],
        convert: convertExternalVpnGateway,
      },
      VpnTunnel: { category: 'gateway', relationships: ['ATTACHED_TO', 'PEERED_WITH'], convert: convertVpnTunnel },
      Interconnect: { category: 'gateway', relationships: [] },
      InterconnectAttachment: {
        category: 'gateway',
        relationships: ['ATTACHED_TO'],
        convert: convertInterconnectAttachment,
      },
      ServiceAttachment: {
        category: 'gateway',
        relationships: ['IN_NETWORK', 'TARGETS'],
        convert: convertServiceAttachment,
      },
    }),
    ...typesOf('vpcaccess.googleapis.com', {
      Connector: { category: 'gateway', relationships: ['IN_NETWORK'], convert: convertConnector },
    }),
  ]),
];
