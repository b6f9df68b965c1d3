import { partitionOfRegion } from '../partitions.ts';
import type { AwsPlace } from '../place.ts';

/** `arn:aws:apigateway:eu-west-1::/restapis/a1b2`: ARNs of API Gateway name no account. */
export function gatewayArn(place: AwsPlace, path: string): string {
  return `arn:${place.partition}:apigateway:${place.region}::${path}`;
}

/** The host that every API has besides names of its own. */
export function apiHost({ region }: AwsPlace, api: string): string {
  return `${api}.execute-api.${region}.${partitionOfRegion(region).domain}`;
}
