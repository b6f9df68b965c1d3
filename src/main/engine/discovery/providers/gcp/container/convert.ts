import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';
import { addressId, rangeId } from '../../../address-ids.ts';

export function convertCluster(draft: AssetDraft): void {
  const { body, refs } = draft;
  const network = body.object('networkConfig');
  // The newer field has the full path, the older one a bare name.
  const name = network?.text('network') ?? body.text('network');
  draft.to('IN_NETWORK', refs.network(name), { field: 'networkConfig.network' });
  const subnetwork = network?.text('subnetwork') ?? body.text('subnetwork');
  draft.to('IN_NETWORK', refs.subnetwork(subnetwork), { field: 'networkConfig.subnetwork' });
  draft.to('ENCRYPTED_BY', refs.key(body.object('databaseEncryption')?.text('keyName')), {
    field: 'databaseEncryption.keyName',
  });
  const isPrivate = body.object('privateClusterConfig')?.flag('enablePrivateEndpoint') === true;
  const endpoint = body.text('endpoint');
  draft.tell({ ip: endpoint, public: !isPrivate, tags: { ...body.textMap('resourceLabels') } });
  if (!isPrivate && endpoint !== undefined && /^[\d.]+$/.test(endpoint)) {
    draft.to('HAS_ADDRESS', addressId(endpoint), { field: 'endpoint' });
  }
  for (const block of body.object('masterAuthorizedNetworksConfig')?.objects('cidrBlocks') ?? []) {
    const range = block.text('cidrBlock');
    if (range === undefined) continue;
    draft.from('ALLOWS', rangeId(range), {
      field: 'masterAuthorizedNetworksConfig.cidrBlocks',
      properties: { direction: 'ingress', protocol: 'tcp', fromPort: 443, toPort: 443 },
    });
  }
  // Clusters of one pool, and those without pools of their own, tell their machines' account here.
  readNodes(draft, body.object('nodeConfig'), 'nodeConfig');
}

export function convertNodePool(draft: AssetDraft): void {
  const { body, refs } = draft;
  const cluster = draft.id.replace(/\/nodePools\/[^/]+$/, '');
  if (cluster !== draft.id) draft.from('CONTAINS', cluster, { field: 'name' });
  readNodes(draft, body.object('config'), 'config');
  for (const manager of body.texts('instanceGroupUrls')) {
    draft.to('CONTAINS', refs.compute(manager), { field: 'instanceGroupUrls' });
  }
}

function readNodes(draft: AssetDraft, config: BodyReader | undefined, field: string): void {
  const account = config?.text('serviceAccount');
  draft.to('RUNS_AS', draft.refs.account(account), { field: `${field}.serviceAccount` });
  draft.to('ENCRYPTED_BY', draft.refs.key(config?.text('bootDiskKmsKey')), { field: `${field}.bootDiskKmsKey` });
}
