import type { AssetDraft } from '../assets/asset-draft.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { hostId } from '../../../address-ids.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

function convertTopic(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('ENCRYPTED_BY', refs.key(body.text('kmsKeyName')), { field: 'kmsKeyName' });
  draft.to('REFERENCES', refs.in('pubsub', body.object('schemaSettings')?.text('schema')), {
    field: 'schemaSettings.schema',
  });
}

/** A subscription: fed by its topic, it hands messages to whoever pulls, to an address, a table or a bucket. */
function convertSubscription(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.from('TARGETS', refs.in('pubsub', body.text('topic')), { field: 'topic' });
  const push = body.object('pushConfig');
  const endpoint = push?.text('pushEndpoint');
  draft.to('TARGETS', hostId(endpoint), { field: 'pushConfig.pushEndpoint' });
  draft.to('RUNS_AS', refs.account(push?.object('oidcToken')?.text('serviceAccountEmail')), {
    field: 'pushConfig.oidcToken.serviceAccountEmail',
  });
  draft.to('TARGETS', tableId(draft, body.object('bigqueryConfig')?.text('table')), { field: 'bigqueryConfig.table' });
  draft.to('TARGETS', refs.bucket(body.object('cloudStorageConfig')?.text('bucket')), {
    field: 'cloudStorageConfig.bucket',
  });
  const dead = body.object('deadLetterPolicy')?.text('deadLetterTopic');
  draft.to('TARGETS', refs.in('pubsub', dead), {
    field: 'deadLetterPolicy.deadLetterTopic',
    properties: { deadLetter: true },
  });
}

/** Tables are named `project.dataset.table` there, in older bodies `project:dataset.table`. */
function tableId({ refs }: AssetDraft, name: string | undefined): string | undefined {
  const [, project, dataset, table] = /^(.+)[.:]([^.:]+)\.([^.]+)$/.exec(name ?? '') ?? [];
  return table === undefined
    ? undefined
    : refs.in('bigquery', `projects/${project}/datasets/${dataset}/tables/${table}`);
}

export const pubsubSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.pubsub.topics',
    typesOf('pubsub.googleapis.com', {
      Topic: { category: 'topic', relationships: ['ENCRYPTED_BY', 'REFERENCES'], convert: convertTopic },
      Subscription: { category: 'queue', relationships: ['RUNS_AS', 'TARGETS'], convert: convertSubscription },
    }),
  ),
];
