import type { JsonObject } from '#shared/base/json.ts';
import type { ResourceFact } from '#shared/model/index.ts';
import { isObject } from './body-reader.ts';
import { lastStep } from './names.ts';

type CommonDetails = Partial<Pick<ResourceFact, 'name' | 'state' | 'createdAt' | 'tags'>>;

const stateFields = ['status', 'state', 'lifecycleState'];
const creationFields = ['creationTimestamp', 'createTime', 'timeCreated', 'creationTime'];

/**
 * What most services call by the same few names. A field of another form is another thing of the same name (the
 * `status` of a Kubernetes object, the `labels` of a metric) and says nothing.
 */
export function commonDetails(body: JsonObject): CommonDetails {
  const details: CommonDetails = {};
  const [shown, name] = [textIn(body, ['displayName']), textIn(body, ['name'])];
  if (shown !== undefined) details.name = shown;
  else if (name !== undefined && lastStep(name) !== '') details.name = lastStep(name);
  const state = textIn(body, stateFields);
  if (state !== undefined) details.state = state;
  const created = Date.parse(textIn(body, creationFields) ?? '');
  if (!Number.isNaN(created)) details.createdAt = created;
  const tags = labelsIn(body['labels']);
  if (tags !== null) details.tags = tags;
  return details;
}

function textIn(body: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = body[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function labelsIn(labels: JsonObject[string] | undefined): Record<string, string> | null {
  if (!isObject(labels)) return null;
  const entries = Object.entries(labels);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(entries)
    : null;
}
