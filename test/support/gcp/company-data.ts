import { type FakeAsset, link, makeAsset, policy } from './make-asset.ts';
import type { CompanyScopes } from './scopes.ts';

const region = 'europe-west1';

/** Databases, buckets, messages, keys, secrets and names. */
export function dataAssets({ projects: { production, data, network } }: CompanyScopes): readonly FakeAsset[] {
  const ring = `projects/${data.id}/locations/${region}/keyRings/company`;
  return [
    makeAsset(data, 'compute.googleapis.com/Network', {
      path: `projects/${data.id}/global/networks/lake`,
      data: { name: 'lake', autoCreateSubnetworks: true },
    }),
    makeAsset(production, 'sqladmin.googleapis.com/Instance', {
      host: 'cloudsql.googleapis.com',
      path: `projects/${production.id}/instances/orders`,
      location: region,
      data: {
        name: 'orders',
        state: 'RUNNABLE',
        databaseVersion: 'POSTGRES_16',
        region,
        gceZone: 'europe-west1-b',
        rootPassword: 'never-show-me',
        serviceAccountEmailAddress: 'p222-abc@gcp-sa-cloud-sql.iam.gserviceaccount.com',
        diskEncryptionConfiguration: { kmsKeyName: `${ring}/cryptoKeys/disks` },
        ipAddresses: [
          { type: 'PRIMARY', ipAddress: '203.0.113.70' },
          { type: 'PRIVATE', ipAddress: '10.1.40.3' },
        ],
        settings: {
          userLabels: { app: 'shop' },
          ipConfiguration: {
            ipv4Enabled: true,
            privateNetwork: `projects/${network.id}/global/networks/shared`,
            authorizedNetworks: [{ name: 'office', value: '198.51.100.0/24' }],
          },
        },
      },
    }),
    makeAsset(production, 'sqladmin.googleapis.com/Instance', {
      host: 'cloudsql.googleapis.com',
      path: `projects/${production.id}/instances/orders-replica`,
      location: 'europe-west4',
      data: { name: 'orders-replica', state: 'RUNNABLE', masterInstanceName: `${production.id}:orders`, settings: {} },
    }),
    makeAsset(data, 'bigquery.googleapis.com/Dataset', {
      path: `projects/${data.id}/datasets/sales`,
      location: 'EU',
      data: {
        id: `${data.id}:sales`,
        datasetReference: { datasetId: 'sales', projectId: data.id },
        creationTime: '1717000000000',
        defaultEncryptionConfiguration: { kmsKeyName: `${ring}/cryptoKeys/lake` },
      },
      policy: policy({ 'roles/bigquery.dataViewer': [`serviceAccount:web@${production.id}.iam.gserviceaccount.com`] }),
    }),
    makeAsset(data, 'bigquery.googleapis.com/Table', {
      path: `projects/${data.id}/datasets/sales/tables/orders`,
      location: 'EU',
      data: {
        tableReference: { tableId: 'orders', datasetId: 'sales', projectId: data.id },
        type: 'TABLE',
        numRows: null,
      },
    }),
    makeAsset(data, 'spanner.googleapis.com/Instance', {
      path: `projects/${data.id}/instances/stock`,
      location: region,
      data: { name: `projects/${data.id}/instances/stock`, displayName: 'Stock', state: 'READY', nodeCount: 1 },
    }),
    makeAsset(data, 'spanner.googleapis.com/Database', {
      path: `projects/${data.id}/instances/stock/databases/stock`,
      location: region,
      data: {
        name: `projects/${data.id}/instances/stock/databases/stock`,
        encryptionConfig: { kmsKeyName: `${ring}/cryptoKeys/lake` },
      },
    }),
    makeAsset(data, 'bigtableadmin.googleapis.com/Instance', {
      host: 'bigtable.googleapis.com',
      path: `projects/${data.id}/instances/events`,
      data: { name: `projects/${data.id}/instances/events`, displayName: 'Events', state: 'READY' },
    }),
    makeAsset(data, 'bigtableadmin.googleapis.com/Cluster', {
      host: 'bigtable.googleapis.com',
      path: `projects/${data.id}/instances/events/clusters/events-b`,
      location: 'europe-west1-b',
      data: { location: `projects/${data.id}/locations/europe-west1-b`, serveNodes: 3 },
    }),
    makeAsset(production, 'storage.googleapis.com/Bucket', {
      path: 'acme-shop-static',
      location: 'eu',
      data: {
        name: 'acme-shop-static',
        timeCreated: '2024-04-01T00:00:00.000Z',
        labels: { app: 'shop' },
        logging: { logBucket: 'acme-logs' },
        iamConfiguration: { publicAccessPrevention: 'inherited' },
      },
      policy: policy({ 'roles/storage.objectViewer': ['allUsers'] }),
    }),
    makeAsset(data, 'storage.googleapis.com/Bucket', {
      path: 'acme-lake',
      location: region,
      data: {
        name: 'acme-lake',
        encryption: { defaultKmsKeyName: `${ring}/cryptoKeys/lake` },
        iamConfiguration: { publicAccessPrevention: 'enforced' },
      },
    }),
    makeAsset(production, 'pubsub.googleapis.com/Topic', {
      path: `projects/${production.id}/topics/uploads`,
      data: { name: `projects/${production.id}/topics/uploads`, kmsKeyName: `${ring}/cryptoKeys/lake` },
    }),
    makeAsset(production, 'pubsub.googleapis.com/Subscription', {
      path: `projects/${production.id}/subscriptions/uploads-to-lake`,
      data: {
        name: `projects/${production.id}/subscriptions/uploads-to-lake`,
        topic: `projects/${production.id}/topics/uploads`,
        bigqueryConfig: { table: `${data.id}.sales.orders` },
        deadLetterPolicy: { deadLetterTopic: `projects/${production.id}/topics/uploads` },
      },
    }),
    makeAsset(data, 'cloudkms.googleapis.com/KeyRing', { path: ring, location: region, data: { name: ring } }),
    ...['disks', 'lake'].map((name) =>
      makeAsset(data, 'cloudkms.googleapis.com/CryptoKey', {
        path: `${ring}/cryptoKeys/${name}`,
        location: region,
        data: {
          name: `${ring}/cryptoKeys/${name}`,
          purpose: 'ENCRYPT_DECRYPT',
          primary: { name: `${ring}/cryptoKeys/${name}/cryptoKeyVersions/3`, state: 'ENABLED' },
        },
      }),
    ),
    // Secrets go by the project's number, where most others go by its id.
    makeAsset(production, 'secretmanager.googleapis.com/Secret', {
      path: `projects/${production.number}/secrets/payment-key`,
      data: {
        name: `projects/${production.number}/secrets/payment-key`,
        replication: {
          userManaged: {
            replicas: [{ location: region, customerManagedEncryption: { kmsKeyName: `${ring}/cryptoKeys/lake` } }],
          },
        },
        topics: [{ name: `projects/${production.id}/topics/uploads` }],
      },
      policy: policy({
        'roles/secretmanager.secretAccessor': [`serviceAccount:web@${production.id}.iam.gserviceaccount.com`],
      }),
    }),
    makeAsset(network, 'dns.googleapis.com/ManagedZone', {
      path: `projects/${network.number}/managedZones/7000000001`,
      data: { name: 'public', dnsName: 'acme.example.', visibility: 'public' },
    }),
    makeAsset(network, 'dns.googleapis.com/ManagedZone', {
      path: `projects/${network.number}/managedZones/7000000002`,
      data: {
        name: 'inside',
        dnsName: 'inside.acme.example.',
        visibility: 'private',
        privateVisibilityConfig: { networks: [{ networkUrl: link(`projects/${network.id}/global/networks/shared`) }] },
      },
    }),
    makeAsset(network, 'dns.googleapis.com/ResourceRecordSet', {
      path: `projects/${network.number}/managedZones/7000000001/rrsets/shop.acme.example./A`,
      data: { name: 'shop.acme.example.', type: 'A', ttl: 300, rrdatas: ['203.0.113.80'] },
    }),
    // Of a type that nothing reads closely.
    makeAsset(production, 'serviceusage.googleapis.com/Service', {
      path: `projects/${production.number}/services/compute.googleapis.com`,
      data: { name: `projects/${production.number}/services/compute.googleapis.com`, state: 'ENABLED' },
    }),
  ];
}
