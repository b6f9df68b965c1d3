import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';

/**
 * A service or job. Bodies come in two forms: of the Kubernetes-like API (`spec.template.spec`, settings in
 * annotations) and of the newer one (`template`).
 */
export function convertWorkload(draft: AssetDraft): void {
  const { body } = draft;
  const spec = body.object('spec');
  if (spec === undefined) readTemplate(draft, body.object('template'));
  else readKubernetesForm(draft, spec);
}

function readTemplate(draft: AssetDraft, template: BodyReader | undefined): void {
  const { body, refs } = draft;
  // A job's template holds the template of its tasks.
  const task = template?.object('template') ?? template;
  readTasks(draft, task, { account: 'serviceAccount', field: 'template' });
  const key = task?.text('encryptionKey') ?? template?.text('encryptionKey');
  draft.to('ENCRYPTED_BY', refs.key(key), { field: 'template.encryptionKey' });
  const access = task?.object('vpcAccess');
  draft.to('IN_NETWORK', refs.in('vpcaccess', access?.text('connector')), { field: 'template.vpcAccess.connector' });
  for (const nic of access?.objects('networkInterfaces') ?? []) {
    draft.to('IN_NETWORK', refs.network(nic.text('network')), { field: 'template.vpcAccess.networkInterfaces' });
    draft.to('IN_NETWORK', refs.subnetwork(nic.text('subnetwork')), { field: 'template.vpcAccess.networkInterfaces' });
  }
  const ingress = body.text('ingress');
  draft.tell({ public: ingress === undefined ? undefined : ingress === 'INGRESS_TRAFFIC_ALL' });
}

function readKubernetesForm(draft: AssetDraft, spec: BodyReader): void {
  const { body, refs } = draft;
  const metadata = body.object('metadata');
  const template = spec.object('template');
  // A job's template holds the template of its tasks, in its own `spec`.
  const inner = template?.object('spec');
  const task = inner?.object('template')?.object('spec') ?? inner;
  readTasks(draft, task, { account: 'serviceAccountName', field: 'spec.template.spec' });
  const annotations = template?.object('metadata')?.textMap('annotations') ?? {};
  const connector = annotations['run.googleapis.com/vpc-access-connector'];
  draft.to('IN_NETWORK', refs.in('vpcaccess', connector), { field: 'spec.template.metadata.annotations' });
  draft.to('ENCRYPTED_BY', refs.key(annotations['run.googleapis.com/encryption-key']), {
    field: 'spec.template.metadata.annotations',
  });
  const ingress = metadata?.textMap('annotations')['run.googleapis.com/ingress'];
  draft.tell({
    name: metadata?.text('name'),
    tags: metadata === undefined ? undefined : { ...metadata.textMap('labels') },
    createdAt: metadata?.moment('creationTimestamp'),
    public: ingress === undefined ? undefined : ingress === 'all',
  });
}

/** What the tasks run as and from which images. */
function readTasks(
  draft: AssetDraft,
  task: BodyReader | undefined,
  { account, field }: { readonly account: string; readonly field: string },
): void {
  const { refs } = draft;
  draft.to('RUNS_AS', refs.account(task?.text(account)), { field: `${field}.${account}` });
  for (const container of task?.objects('containers') ?? []) {
    const image = container.text('image');
    draft.to('DERIVED_FROM', refs.imageRepository(image), {
      field: `${field}.containers.image`,
      properties: { image: image ?? null },
    });
  }
}

/** A host name that leads to a service of the same place. */
export function convertDomainMapping(draft: AssetDraft): void {
  const { body, refs, region } = draft;
  const route = body.object('spec')?.text('routeName');
  if (route === undefined) return;
  draft.to('TARGETS', refs.sibling('run', `locations/${region}/services/${route}`), { field: 'spec.routeName' });
}
