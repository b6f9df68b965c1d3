import { applicationAssets } from './company-application.ts';
import { dataAssets } from './company-data.ts';
import { networkAssets } from './company-network.ts';
import { type FakeAsset, type FakeScope, makeAsset, policy } from './make-asset.ts';
import { type CompanyScopes, folderOf, organizationOf, projectOf } from './scopes.ts';

/** The scopes of a small company: a folder for shared things, a folder for the shop, a project for data. */
export function companyScopes(): CompanyScopes {
  const organization = organizationOf('6001');
  const shared = folderOf('501', organization);
  const shop = folderOf('502', organization);
  return {
    organization,
    folders: { shared, shop },
    projects: {
      network: projectOf('acme-network', { number: '111000111', parent: shared }),
      production: projectOf('acme-shop-production', { number: '222000222', parent: shop }),
      staging: projectOf('acme-shop-staging', { number: '333000333', parent: shop }),
      data: projectOf('acme-data', { number: '444000444', parent: organization }),
    },
  };
}

/** Every asset of the company, in the order Google would list them: by nothing in particular. */
export function companyAssets(scopes: CompanyScopes = companyScopes()): readonly FakeAsset[] {
  return [...scopeAssets(scopes), ...networkAssets(scopes), ...applicationAssets(scopes), ...dataAssets(scopes)];
}

function scopeAssets({ organization, folders, projects }: CompanyScopes): readonly FakeAsset[] {
  const host = 'cloudresourcemanager.googleapis.com';
  const folder = (scope: FakeScope, displayName: string): FakeAsset =>
    makeAsset(scope, `${host}/Folder`, {
      path: `folders/${scope.id}`,
      data: { name: `folders/${scope.id}`, displayName, lifecycleState: 'ACTIVE', parent: scope.ancestors[1] ?? '' },
    });
  const project = (scope: FakeScope, name: string): FakeAsset =>
    makeAsset(scope, `${host}/Project`, {
      path: `projects/${scope.number}`,
      data: {
        name,
        projectId: scope.id,
        projectNumber: scope.number,
        lifecycleState: 'ACTIVE',
        createTime: '2024-03-01T10:00:00.000Z',
        labels: { team: name.split(' ')[0]?.toLowerCase() ?? '' },
        parent: { type: 'folder', id: scope.ancestors[1]?.split('/')[1] ?? '' },
      },
      policy: policy({
        'roles/owner': ['group:platform@acme.example'],
        'roles/compute.viewer': [`serviceAccount:deployer@${projects.network.id}.iam.gserviceaccount.com`],
      }),
    });
  return [
    makeAsset(organization, `${host}/Organization`, {
      path: `organizations/${organization.id}`,
      data: { name: `organizations/${organization.id}`, displayName: 'acme.example', lifecycleState: 'ACTIVE' },
      policy: policy({ 'roles/resourcemanager.organizationAdmin': ['user:ann@acme.example'] }),
    }),
    folder(folders.shared, 'Shared'),
    folder(folders.shop, 'Shop'),
    project(projects.network, 'Network'),
    project(projects.production, 'Shop production'),
    project(projects.staging, 'Shop staging'),
    project(projects.data, 'Data'),
  ];
}
