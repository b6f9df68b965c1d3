import type { Converted } from '#engine/discovery/providers/aws/facts.ts';
import type { AwsPlace } from '#engine/discovery/providers/aws/place.ts';
import type { Json } from '#shared/base/json.ts';
import { account, arnHere } from '../place.ts';

/** One item as AWS answers it, and what converts it. */
export interface Sample {
  readonly convert: (item: never, place: AwsPlace) => Converted;
  readonly item: Json;
}

export function sample(convert: Sample['convert'], item: Json): Sample {
  return { convert, item };
}

export const Tags = [{ Key: 'Name', Value: 'web' }];
export const tags = { env: 'prod' };
export const role = `arn:aws:iam::${account}:role/runs`;
export const key = arnHere('kms', 'key/k');
export const lambda = arnHere('lambda', 'function:f');
export const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 'x:y' }] });
export const endpoint = { Address: 'db.example', Port: 1 };
export const groups = [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }];
