import { type FakeAsset, type FakeScope, link, makeAsset, policy } from './make-asset.ts';
import type { CompanyScopes } from './scopes.ts';

const zone = 'europe-west1-b';
const region = 'europe-west1';

/** The shop in production and, smaller, in staging: machines behind a balancer, a cluster, services and functions. */
export function applicationAssets({ projects }: CompanyScopes): readonly FakeAsset[] {
  return [
    ...machineAssets(projects.production, projects.network),
    ...machineAssets(projects.staging, projects.network),
    ...balancerAssets(projects.production),
    ...clusterAssets(projects.production, projects.network),
    ...serverlessAssets(projects.production, projects.network),
    ...accountAssets(projects.production),
    ...accountAssets(projects.network),
  ];
}

function machineAssets(project: FakeScope, network: FakeScope): readonly FakeAsset[] {
  const compute = (kind: string): string => `compute.googleapis.com/${kind}`;
  const inProject = (path: string): string => `projects/${project.id}/${path}`;
  const nic = (subnetwork: string, extra: FakeAsset['iamPolicy'] = {}) => ({
    name: 'nic0',
    network: link(`projects/${network.id}/global/networks/shared`),
    subnetwork: link(`projects/${network.id}/regions/${region}/subnetworks/${subnetwork}`),
    ...extra,
  });
  const manager = inProject(`zones/${zone}/instanceGroupManagers/web`);
  return [
    makeAsset(project, compute('InstanceTemplate'), {
      path: inProject('global/instanceTemplates/web-v3'),
      data: {
        name: 'web-v3',
        properties: {
          machineType: 'e2-medium',
          networkInterfaces: [nic('web')],
          serviceAccounts: [{ email: `web@${project.id}.iam.gserviceaccount.com`, scopes: [] }],
          disks: [{ initializeParams: { sourceImage: 'projects/debian-cloud/global/images/family/debian-12' } }],
          metadata: { items: [{ key: 'startup-script', value: 'export TOKEN=never-show-me' }] },
        },
      },
    }),
    makeAsset(project, compute('InstanceGroupManager'), {
      path: manager,
      location: zone,
      data: {
        name: 'web',
        instanceGroup: link(inProject(`zones/${zone}/instanceGroups/web`)),
        instanceTemplate: link(inProject('global/instanceTemplates/web-v3')),
        versions: [{ instanceTemplate: link(inProject('global/instanceTemplates/web-v3')) }],
        targetSize: 2,
      },
    }),
    makeAsset(project, compute('InstanceGroup'), {
      path: inProject(`zones/${zone}/instanceGroups/web`),
      location: zone,
      data: { name: 'web', size: 2, network: link(`projects/${network.id}/global/networks/shared`) },
    }),
    ...['web-a', 'web-b'].flatMap((name, index) => [
      makeAsset(project, compute('Instance'), {
        path: inProject(`zones/${zone}/instances/${name}`),
        location: zone,
        data: {
          id: `88000000000000000${index}`,
          name,
          status: 'RUNNING',
          zone: link(inProject(`zones/${zone}`)),
          machineType: link(inProject(`zones/${zone}/machineTypes/e2-medium`)),
          creationTimestamp: '2026-05-04T03:02:01.000-07:00',
          labels: { app: 'shop', tier: 'web' },
          tags: { items: ['web'], fingerprint: 'abc=' },
          networkInterfaces: [nic('web', { networkIP: `10.1.0.1${index}` })],
          serviceAccounts: [{ email: `web@${project.id}.iam.gserviceaccount.com`, scopes: [] }],
          disks: [{ source: link(inProject(`zones/${zone}/disks/${name}`)), boot: true, deviceName: 'boot' }],
          metadata: {
            kind: 'compute#metadata',
            items: [
              { key: 'created-by', value: `projects/${project.number}/zones/${zone}/instanceGroupManagers/web` },
              { key: 'startup-script', value: 'export TOKEN=never-show-me' },
            ],
          },
        },
      }),
      makeAsset(project, compute('Disk'), {
        path: inProject(`zones/${zone}/disks/${name}`),
        location: zone,
        data: {
          name,
          sizeGb: '20',
          status: 'READY',
          users: [link(inProject(`zones/${zone}/instances/${name}`))],
          sourceImage: link('projects/debian-cloud/global/images/debian-12-bookworm-v20260415'),
          diskEncryptionKey: {
            kmsKeyName: `projects/acme-data/locations/${region}/keyRings/company/cryptoKeys/disks/cryptoKeyVersions/3`,
          },
        },
      }),
    ]),
    makeAsset(project, compute('Instance'), {
      path: inProject(`zones/${zone}/instances/database`),
      location: zone,
      data: {
        name: 'database',
        status: 'RUNNING',
        networkInterfaces: [nic('database', { networkIP: '10.1.16.5', accessConfigs: [{ natIP: '203.0.113.50' }] })],
        serviceAccounts: [{ email: `database@${project.id}.iam.gserviceaccount.com` }],
        disks: [],
      },
    }),
  ];
}

function balancerAssets(project: FakeScope): readonly FakeAsset[] {
  const compute = (kind: string): string => `compute.googleapis.com/${kind}`;
  const inProject = (path: string): string => `projects/${project.id}/${path}`;
  const globally = (kind: string, path: string, data: NonNullable<FakeAsset['iamPolicy']>): FakeAsset =>
    makeAsset(project, compute(kind), {
      path: inProject(`global/${path}`),
      data: { name: path.split('/')[1] ?? '', ...data },
    });
  return [
    globally('GlobalAddress', 'addresses/shop', { address: '203.0.113.80', addressType: 'EXTERNAL', status: 'IN_USE' }),
    globally('GlobalForwardingRule', 'forwardingRules/shop-https', {
      IPAddress: '203.0.113.80',
      IPProtocol: 'TCP',
      portRange: '443-443',
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      target: link(inProject('global/targetHttpsProxies/shop')),
    }),
    globally('TargetHttpsProxy', 'targetHttpsProxies/shop', {
      urlMap: link(inProject('global/urlMaps/shop')),
      sslCertificates: [link(inProject('global/sslCertificates/shop'))],
    }),
    globally('SslCertificate', 'sslCertificates/shop', {
      type: 'MANAGED',
      managed: { domains: ['shop.acme.example'] },
    }),
    globally('UrlMap', 'urlMaps/shop', {
      defaultService: link(inProject('global/backendServices/web')),
      hostRules: [{ hosts: ['shop.acme.example'], pathMatcher: 'shop' }],
      pathMatchers: [
        {
          name: 'shop',
          defaultService: link(inProject('global/backendServices/web')),
          pathRules: [
            { paths: ['/api/*'], service: link(inProject('global/backendServices/api')) },
            { paths: ['/static/*'], service: link(inProject('global/backendBuckets/static')) },
          ],
        },
      ],
    }),
    globally('BackendService', 'backendServices/web', {
      backends: [{ group: link(inProject(`zones/${zone}/instanceGroups/web`)), balancingMode: 'UTILIZATION' }],
      securityPolicy: link(inProject('global/securityPolicies/armor')),
      healthChecks: [link(inProject('global/healthChecks/web'))],
    }),
    globally('BackendService', 'backendServices/api', {
      backends: [{ group: link(inProject(`regions/${region}/networkEndpointGroups/api`)) }],
    }),
    globally('BackendBucket', 'backendBuckets/static', { bucketName: 'acme-shop-static' }),
    globally('SecurityPolicy', 'securityPolicies/armor', { rules: [{ action: 'allow', priority: 2147483647 }] }),
    globally('HealthCheck', 'healthChecks/web', { type: 'HTTP' }),
    makeAsset(project, compute('NetworkEndpointGroup'), {
      path: inProject(`regions/${region}/networkEndpointGroups/api`),
      location: region,
      data: { name: 'api', networkEndpointType: 'SERVERLESS', cloudRun: { service: 'api' } },
    }),
  ];
}

function clusterAssets(project: FakeScope, network: FakeScope): readonly FakeAsset[] {
  const cluster = `projects/${project.id}/zones/${zone}/clusters/jobs`;
  return [
    makeAsset(project, 'container.googleapis.com/Cluster', {
      path: cluster,
      location: zone,
      data: {
        name: 'jobs',
        status: 'RUNNING',
        location: zone,
        endpoint: '203.0.113.60',
        network: 'shared',
        subnetwork: 'web',
        networkConfig: {
          network: `projects/${network.id}/global/networks/shared`,
          subnetwork: `projects/${network.id}/regions/${region}/subnetworks/web`,
        },
        resourceLabels: { team: 'shop' },
        databaseEncryption: { keyName: `projects/acme-data/locations/${region}/keyRings/company/cryptoKeys/disks` },
        masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '198.51.100.0/24', displayName: 'office' }] },
        masterAuth: { clusterCaCertificate: 'LS0t', clientKey: 'never-show-me' },
        nodeConfig: {
          serviceAccount: 'default',
          metadata: { 'disable-legacy-endpoints': 'true', token: 'never-show-me' },
        },
      },
    }),
    makeAsset(project, 'container.googleapis.com/NodePool', {
      path: `${cluster}/nodePools/default`,
      location: zone,
      data: {
        name: 'default',
        status: 'RUNNING',
        config: { serviceAccount: `nodes@${project.id}.iam.gserviceaccount.com` },
        instanceGroupUrls: [link(`projects/${project.id}/zones/${zone}/instanceGroupManagers/gke-jobs-default`)],
      },
    }),
  ];
}

function serverlessAssets(project: FakeScope, network: FakeScope): readonly FakeAsset[] {
  const inRegion = (path: string): string => `projects/${project.id}/locations/${region}/${path}`;
  const account = `api@${project.id}.iam.gserviceaccount.com`;
  return [
    makeAsset(project, 'run.googleapis.com/Service', {
      path: inRegion('services/api'),
      location: region,
      data: {
        name: inRegion('services/api'),
        ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
        template: {
          serviceAccount: account,
          containers: [
            {
              image: `${region}-docker.pkg.dev/${project.id}/shop/api@sha256:abc`,
              env: [{ name: 'DATABASE_PASSWORD', value: 'never-show-me' }],
            },
          ],
          vpcAccess: { connector: `projects/${network.id}/locations/${region}/connectors/serverless` },
        },
      },
      policy: policy({ 'roles/run.invoker': ['allUsers'] }),
    }),
    makeAsset(project, 'cloudfunctions.googleapis.com/CloudFunction', {
      path: inRegion('functions/resize'),
      location: region,
      data: {
        name: inRegion('functions/resize'),
        status: 'ACTIVE',
        serviceAccountEmail: account,
        environmentVariables: { TOKEN: 'never-show-me' },
        ingressSettings: 'ALLOW_INTERNAL_ONLY',
        eventTrigger: { eventType: 'google.pubsub.topic.publish', resource: `projects/${project.id}/topics/uploads` },
      },
    }),
  ];
}

function accountAssets(project: FakeScope): readonly FakeAsset[] {
  const account = (name: string, uniqueId: string): FakeAsset =>
    makeAsset(project, 'iam.googleapis.com/ServiceAccount', {
      path: `projects/${project.id}/serviceAccounts/${uniqueId}`,
      data: {
        name: `projects/${project.id}/serviceAccounts/${name}@${project.id}.iam.gserviceaccount.com`,
        email: `${name}@${project.id}.iam.gserviceaccount.com`,
        uniqueId,
        projectId: project.id,
        displayName: `The ${name} account`,
      },
      policy: policy({ 'roles/iam.serviceAccountUser': ['group:platform@acme.example'] }),
    });
  return [
    account('web', `10${project.number}1`),
    account('deployer', `10${project.number}2`),
    makeAsset(project, 'iam.googleapis.com/ServiceAccountKey', {
      path: `projects/${project.id}/serviceAccounts/10${project.number}1/keys/k1`,
      data: {
        name: `projects/${project.id}/serviceAccounts/web@${project.id}.iam.gserviceaccount.com/keys/k1`,
        keyType: 'USER_MANAGED',
        validAfterTime: '2026-01-01T00:00:00Z',
        privateKeyData: 'never-show-me',
      },
    }),
  ];
}
