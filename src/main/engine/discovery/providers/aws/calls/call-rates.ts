import type { CallRate } from '../../../pacing/token-bucket.ts';

/** A limit of a service in one account and region, and where it is published. */
export interface DeclaredRate extends CallRate {
  /** Whether each action has its own limit or the service's actions share one. */
  readonly each: 'service' | 'action';
  readonly source: string;
}

/**
 * Rates by the service's prefix in IAM. Where a service publishes several, the lowest of the calls made here counts.
 * They are set a little below what is published, because others in the account call too.
 */
const rates: Readonly<Record<string, DeclaredRate>> = {
  acm: shared(8, 10, 'https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html#api-rate-limits'),
  apigateway: shared(9, 30, 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html'),
  dynamodb: shared(10, 20, 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html'),
  ec2: perAction(18, 80, 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html'),
  ecs: perAction(18, 40, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html'),
  elasticloadbalancing: shared(
    10,
    35,
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html',
  ),
  kms: shared(100, 200, 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html'),
  lambda: shared(14, 15, 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html'),
  organizations: perAction(
    5,
    8,
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
  ),
  // Published as three to five a second, by the kind of search.
  'resource-explorer-2': shared(3, 5, 'https://docs.aws.amazon.com/resource-explorer/latest/userguide/quotas.html'),
  route53: shared(
    5,
    5,
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests',
  ),
  secretsmanager: shared(40, 80, 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html'),
  sns: perAction(9, 25, 'https://docs.aws.amazon.com/general/latest/gr/sns.html'),
};

/** For services that publish no figure: what their consoles stay below; refusals slow it down further. */
const unpublished: DeclaredRate = shared(10, 20, 'no published figure');

function shared(perSecond: number, burst: number, source: string): DeclaredRate {
  return { perSecond, burst, each: 'service', source };
}

function perAction(perSecond: number, burst: number, source: string): DeclaredRate {
  return { perSecond, burst, each: 'action', source };
}

/** The limit that a call counts against, and its name within one account and region. */
export function rateOf(permission: string): { readonly key: string; readonly rate: DeclaredRate } {
  const service = permission.slice(0, permission.indexOf(':'));
  const rate = rates[service] ?? unpublished;
  return { key: rate.each === 'action' ? permission : service, rate };
}
