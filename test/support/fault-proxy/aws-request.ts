import type { IncomingMessage } from 'node:http';

/** What a signed AWS request says about itself, whatever its protocol. */
export interface AwsRequest {
  /** As in the signature, for example `ec2`, `s3`, `sts`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** `DescribeVpcs`; for REST services the method and address: `GET /bucket?encryption`. */
  readonly action: string;
  /** How errors are written in this protocol. */
  readonly protocol: 'ec2' | 'query' | 's3' | 'json';
}

/** REST services that speak XML; the errors of all but S3's are written as those of the query protocol. */
const restProtocols: Readonly<Record<string, AwsRequest['protocol']>> = {
  s3: 's3',
  cloudfront: 'query',
  route53: 'query',
};

/** Reads service, region and action from the signature, the target header, the form or the address. */
export function readAwsRequest(request: IncomingMessage, body: Buffer): AwsRequest {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/u.exec(request.headers.authorization ?? '');
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { service, region, accessKeyId, action: target.split('.').at(-1) ?? target, protocol: 'json' };
  }
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
    return { service, region, accessKeyId, action, protocol: service === 'ec2' ? 'ec2' : 'query' };
  }
  const action = `${request.method ?? 'GET'} ${request.url ?? '/'}`;
  return { service, region, accessKeyId, action, protocol: restProtocols[service] ?? 'json' };
}
