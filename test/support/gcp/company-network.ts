import type { JsonObject } from '#shared/base/json.ts';
import { type FakeAsset, link, makeAsset } from './make-asset.ts';
import type { CompanyScopes } from './scopes.ts';

/** The shared network, with a way to the internet, a tunnel to an office and rules by tag and account. */
export function networkAssets({
  organization,
  projects: { network, production, data },
}: CompanyScopes): readonly FakeAsset[] {
  const compute = (kind: string): string => `compute.googleapis.com/${kind}`;
  const inProject = (path: string): string => `projects/${network.id}/${path}`;
  const shared = link(inProject('global/networks/shared'));
  const region = 'europe-west1';
  const subnetwork = (name: string, range: string): FakeAsset =>
    makeAsset(network, compute('Subnetwork'), {
      path: inProject(`regions/${region}/subnetworks/${name}`),
      location: region,
      data: {
        name,
        network: shared,
        ipCidrRange: range,
        gatewayAddress: range.replace(/0\/\d+$/, '1'),
        secondaryIpRanges: [{ rangeName: `${name}-pods`, ipCidrRange: range.replace(/^10\.1/, '10.101') }],
        selfLink: link(inProject(`regions/${region}/subnetworks/${name}`)),
        creationTimestamp: '2024-03-02T01:02:03.000-07:00',
        purpose: 'PRIVATE',
        fingerprint: 'abc=',
      },
    });
  const firewall = (name: string, data: JsonObject): FakeAsset =>
    makeAsset(network, compute('Firewall'), {
      path: inProject(`global/firewalls/${name}`),
      data: { name, network: shared, priority: 1000, disabled: false, ...data },
    });
  return [
    makeAsset(network, compute('Network'), {
      path: inProject('global/networks/shared'),
      data: {
        name: 'shared',
        autoCreateSubnetworks: false,
        subnetworks: [link(inProject(`regions/${region}/subnetworks/web`))],
        peerings: [
          {
            name: 'to-data',
            network: link(`projects/${data.id}/global/networks/lake`),
            state: 'ACTIVE',
            exchangeSubnetRoutes: true,
          },
        ],
      },
    }),
    subnetwork('web', '10.1.0.0/20'),
    subnetwork('database', '10.1.16.0/20'),
    firewall('allow-web', {
      direction: 'INGRESS',
      sourceRanges: ['0.0.0.0/0'],
      targetTags: ['web'],
      allowed: [{ IPProtocol: 'tcp', ports: ['80', '443'] }, { IPProtocol: 'icmp' }],
    }),
    firewall('web-to-database', {
      direction: 'INGRESS',
      sourceTags: ['web'],
      targetServiceAccounts: [`database@${production.id}.iam.gserviceaccount.com`],
      allowed: [{ IPProtocol: 'tcp', ports: ['5432-5433'] }],
    }),
    firewall('deny-telnet', {
      direction: 'EGRESS',
      destinationRanges: ['0.0.0.0/0'],
      denied: [{ IPProtocol: 'tcp', ports: ['23'] }],
    }),
    firewall('old', {
      direction: 'INGRESS',
      disabled: true,
      sourceRanges: ['0.0.0.0/0'],
      allowed: [{ IPProtocol: 'all' }],
    }),
    makeAsset(organization, compute('FirewallPolicy'), {
      path: 'locations/global/firewallPolicies/990001',
      data: {
        name: '990001',
        displayName: 'company',
        parent: `organizations/${organization.id}`,
        associations: [{ name: 'root', attachmentTarget: `organizations/${organization.id}` }],
        rules: [
          {
            action: 'allow',
            direction: 'INGRESS',
            priority: 10,
            match: { srcIpRanges: ['198.51.100.0/24'], layer4Configs: [{ ipProtocol: 'tcp', ports: ['22'] }] },
          },
        ],
      },
    }),
    makeAsset(network, compute('Route'), {
      path: inProject('global/routes/default'),
      data: {
        name: 'default',
        network: shared,
        destRange: '0.0.0.0/0',
        priority: 1000,
        nextHopGateway: link(inProject('global/gateways/default-internet-gateway')),
      },
    }),
    makeAsset(network, compute('Route'), {
      path: inProject('global/routes/office'),
      data: {
        name: 'office',
        network: shared,
        destRange: '192.168.0.0/16',
        priority: 100,
        tags: ['web'],
        nextHopVpnTunnel: link(inProject(`regions/${region}/vpnTunnels/office`)),
      },
    }),
    makeAsset(network, compute('Router'), {
      path: inProject(`regions/${region}/routers/egress`),
      location: region,
      data: {
        name: 'egress',
        network: shared,
        nats: [
          {
            name: 'nat',
            natIpAllocateOption: 'MANUAL_ONLY',
            natIps: [link(inProject(`regions/${region}/addresses/nat-1`))],
            sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
            subnetworks: [{ name: link(inProject(`regions/${region}/subnetworks/database`)) }],
          },
        ],
        interfaces: [{ name: 'if-office', linkedVpnTunnel: link(inProject(`regions/${region}/vpnTunnels/office`)) }],
      },
    }),
    makeAsset(network, compute('Address'), {
      path: inProject(`regions/${region}/addresses/nat-1`),
      location: region,
      data: {
        name: 'nat-1',
        address: '203.0.113.9',
        addressType: 'EXTERNAL',
        status: 'IN_USE',
        users: [link(inProject(`regions/${region}/routers/egress`))],
      },
    }),
    makeAsset(network, compute('VpnGateway'), {
      path: inProject(`regions/${region}/vpnGateways/office`),
      location: region,
      data: { name: 'office', network: shared, vpnInterfaces: [{ id: 0, ipAddress: '203.0.113.20' }] },
    }),
    makeAsset(network, compute('ExternalVpnGateway'), {
      path: inProject('global/externalVpnGateways/office-router'),
      data: { name: 'office-router', interfaces: [{ id: 0, ipAddress: '198.51.100.7' }] },
    }),
    makeAsset(network, compute('VpnTunnel'), {
      path: inProject(`regions/${region}/vpnTunnels/office`),
      location: region,
      data: {
        name: 'office',
        status: 'ESTABLISHED',
        sharedSecret: 'never-show-me',
        vpnGateway: link(inProject(`regions/${region}/vpnGateways/office`)),
        peerExternalGateway: link(inProject('global/externalVpnGateways/office-router')),
        peerIp: '198.51.100.7',
        router: link(inProject(`regions/${region}/routers/egress`)),
      },
    }),
    makeAsset(network, 'vpcaccess.googleapis.com/Connector', {
      path: inProject(`locations/${region}/connectors/serverless`),
      location: region,
      data: {
        name: inProject(`locations/${region}/connectors/serverless`),
        network: 'shared',
        ipCidrRange: '10.9.0.0/28',
        state: 'READY',
      },
    }),
  ];
}
