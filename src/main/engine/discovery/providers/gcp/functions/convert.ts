import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';

/** A function of the first generation: its settings stand in the body itself. */
export function convertCloudFunction(draft: AssetDraft): void {
  const { body, refs } = draft;
  readService(draft, body, '');
  draft.to('IN_NETWORK', refs.network(body.text('network')), { field: 'network' });
  draft.to('ENCRYPTED_BY', refs.key(body.text('kmsKeyName')), { field: 'kmsKeyName' });
  draft.to('DERIVED_FROM', refs.in('artifactregistry', body.text('dockerRepository')), { field: 'dockerRepository' });
  const trigger = body.object('eventTrigger');
  const source = trigger?.text('resource');
  draft.from('TARGETS', refs.in('pubsub', topicOnly(source)) ?? bucketOnly(draft, source), {
    field: 'eventTrigger.resource',
  });
}

/** A function of the second generation: it is built, and runs as a service of Cloud Run. */
export function convertFunction(draft: AssetDraft): void {
  const { body, refs } = draft;
  const service = body.object('serviceConfig');
  if (service !== undefined) {
    readService(draft, service, 'serviceConfig.');
    draft.to('MANAGED_BY', refs.in('run', service.text('service')), { field: 'serviceConfig.service' });
  }
  draft.to('ENCRYPTED_BY', refs.key(body.text('kmsKeyName')), { field: 'kmsKeyName' });
  const repository = body.object('buildConfig')?.text('dockerRepository');
  draft.to('DERIVED_FROM', refs.in('artifactregistry', repository), { field: 'buildConfig.dockerRepository' });
  const topic = body.object('eventTrigger')?.text('pubsubTopic');
  draft.from('TARGETS', refs.in('pubsub', topic), { field: 'eventTrigger.pubsubTopic' });
  for (const filter of body.object('eventTrigger')?.objects('eventFilters') ?? []) {
    const bucket = filter.text('attribute') === 'bucket' ? filter.text('value') : undefined;
    draft.from('TARGETS', refs.bucket(bucket), { field: 'eventTrigger.eventFilters' });
  }
}

function readService(draft: AssetDraft, service: BodyReader, prefix: string): void {
  const { refs } = draft;
  draft.to('RUNS_AS', refs.account(service.text('serviceAccountEmail')), { field: `${prefix}serviceAccountEmail` });
  draft.to('IN_NETWORK', refs.in('vpcaccess', service.text('vpcConnector')), { field: `${prefix}vpcConnector` });
  const ingress = service.text('ingressSettings');
  draft.tell({ public: ingress === undefined ? undefined : ingress === 'ALLOW_ALL' });
  for (const secret of service.objects('secretEnvironmentVariables')) {
    const name = secret.text('secret');
    if (name === undefined) continue;
    const id = refs.in('secretmanager', name) ?? refs.sibling('secretmanager', `secrets/${name}`);
    draft.to('REFERENCES', id, { field: `${prefix}secretEnvironmentVariables` });
  }
}

/** The resource of a trigger is a topic or a bucket, `projects/p/topics/t` or `projects/_/buckets/b`. */
function topicOnly(resource: string | undefined): string | undefined {
  return resource?.includes('/topics/') === true ? resource : undefined;
}

function bucketOnly({ refs }: AssetDraft, resource: string | undefined): string | undefined {
  return refs.bucket(/\/buckets\/([^/]+)$/.exec(resource ?? '')?.[1]);
}
