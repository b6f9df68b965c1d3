import { hostId } from '../../../address-ids.ts';
import { arn, type AwsPlace, bucketArn } from '../place.ts';

const invocation = /^arn:[^:]+:apigateway:[^:]*:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/u;
const service = /^arn:[^:]+:apigateway:([^:]*):([a-z0-9.-]+):(path|action)\/(.*)$/u;

/**
 * What an integration leads to, from its address: a function (`arn:…:lambda:path/…/functions/arn:…/invocations` or its
 * ARN), a queue (`arn:…:sqs:path/ACCOUNT/NAME`), a balancer's listener, or a host. Undefined for a service as a whole
 * and for addresses that are put together when they are asked.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function backendOf(place: AwsPlace, uri: string | undefined): string | undefined {
  if (!uri) return undefined;
  const invoked = invocation.exec(uri)?.[1];
  if (invoked !== undefined) return plain(functionOf(invoked));
  const [, region = '', name = '', kind, rest = ''] = service.exec(uri) ?? [];
  if (kind === 'path') return servicePath(place, { region, name: name.split('.').at(-1) ?? name, rest });
  if (kind === 'action') return undefined;
  if (uri.startsWith('arn:')) return plain(functionOf(uri));
  return plain(hostId(uri.replace(/\/\{.*$/u, '')));
}

function servicePath(
  place: AwsPlace,
  { region, name, rest }: { readonly region: string; readonly name: string; readonly rest: string },
): string | undefined {
  const [first = '', second] = rest.replace(/^\//u, '').split('/');
  switch (name) {
    case 'sqs':
      if (second === undefined) return undefined;
      return plain(arn({ ...place, region }, { service: 'sqs', resource: second, owner: first }));
    case 's3':
      return first === '' ? undefined : plain(bucketArn(place, first));
    default:
      return undefined;
  }
}

/** A version or alias of a function is the function. */
function functionOf(target: string): string {
  return /^arn:[^:]+:lambda:/u.test(target) ? target.split(':').slice(0, 7).join(':') : target;
}

/** Addresses may hold variables of the stage or parts of the request: then they name nothing yet. */
function plain(id: string | undefined): string | undefined {
  return id === undefined || /[${}*]/u.test(id) ? undefined : id;
}
