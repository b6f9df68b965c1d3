import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertFirewall, convertFirewallPolicy } from './convert.ts';

export const computeFirewallSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.compute.firewalls',
    typesOf('compute.googleapis.com', {
      Firewall: {
        category: 'firewall',
        relationships: ['ALLOWS', 'IN_NETWORK', 'PROTECTED_BY'],
        convert: convertFirewall,
      },
      FirewallPolicy: {
        category: 'firewall',
        relationships: ['ALLOWS', 'PROTECTED_BY'],
        convert: convertFirewallPolicy,
      },
      // Backend services name the policy that protects them.
      SecurityPolicy: { category: 'firewall', relationships: [] },
    }),
  ),
];
