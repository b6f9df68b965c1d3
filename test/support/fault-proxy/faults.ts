import type { AwsRequest } from './aws-request.ts';

/** What goes wrong with a matching request. */
export type Fault =
  | { readonly kind: 'denied'; readonly permission: string }
  /** With how many seconds to wait, where the service says so. */
  | { readonly kind: 'throttled'; readonly retryAfter?: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'not-enabled' }
  /** The request waits so long before it is passed on. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** No answer until the proxy stops. */
  | { readonly kind: 'silent' }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut' }
  /** What is asked for does not exist any more; the code is the service's own. */
  | { readonly kind: 'gone'; readonly code: string }
  /** The first half of the true answer; the connection ends in the middle of it, or it looks like the whole. */
  | { readonly kind: 'half'; readonly looks: 'cut' | 'whole' }
  /** The answer of the first matching request once more, its page token included. */
  | { readonly kind: 'again' }
  /** An answer that is not AWS's. */
  | { readonly kind: 'rubbish'; readonly status: number; readonly type: string; readonly body: string };

export interface FaultRule {
  readonly service?: string;
  readonly action?: string | RegExp;
  readonly region?: string;
  readonly accountId?: string;
  /** How many matching requests pass before the first fails; none when absent. */
  readonly after?: number;
  /** How many matching requests fail then; all when absent. */
  readonly times?: number;
  readonly fault: Fault;
}

/** True when everything a rule names fits the request. */
export function fits(rule: FaultRule, request: AwsRequest, accountId: string | undefined): boolean {
  const { action } = rule;
  return (
    (rule.service === undefined || rule.service === request.service) &&
    (rule.region === undefined || rule.region === request.region) &&
    (rule.accountId === undefined || rule.accountId === accountId) &&
    (action === undefined || (typeof action === 'string' ? action === request.action : action.test(request.action)))
  );
}

export interface FaultAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of faults that answer by themselves; null for those about time, connections and true answers. */
export function answerOf(fault: Fault, request: AwsRequest): FaultAnswer | null {
  switch (fault.kind) {
    case 'denied':
      return errorAnswer(request, 403, {
        code: deniedCode(request),
        message: `User: arn:aws:sts::000000000000:assumed-role/x/groundplan is not authorized to perform: ${fault.permission} because no identity-based policy allows the ${fault.permission} action`,
      });
    case 'throttled': {
      const answer = errorAnswer(request, request.protocol === 'json' ? 400 : 503, {
        code: { ec2: 'RequestLimitExceeded', query: 'Throttling', s3: 'SlowDown', json: 'ThrottlingException' }[
          request.protocol
        ],
        message: 'Rate exceeded',
      });
      if (fault.retryAfter === undefined) return answer;
      return { ...answer, headers: { ...answer.headers, 'retry-after': String(fault.retryAfter) } };
    }
    case 'expired':
      return errorAnswer(request, 403, {
        code: request.protocol === 'json' ? 'ExpiredTokenException' : 'ExpiredToken',
        message: 'The security token included in the request is expired',
      });
    case 'not-enabled':
      return errorAnswer(request, 403, {
        code: 'OptInRequired',
        message: 'You are not subscribed to this service',
      });
    case 'gone':
      return errorAnswer(request, request.protocol === 'json' ? 400 : 404, {
        code: fault.code,
        message: 'It does not exist.',
      });
    case 'rubbish':
      return { status: fault.status, headers: { 'content-type': fault.type }, body: fault.body };
    case 'slow':
    case 'silent':
    case 'cut':
    case 'half':
    case 'again':
      return null;
  }
}

function deniedCode({ protocol }: AwsRequest): string {
  if (protocol === 'ec2') return 'UnauthorizedOperation';
  return protocol === 'json' ? 'AccessDeniedException' : 'AccessDenied';
}

function errorAnswer(
  request: AwsRequest,
  status: number,
  error: { readonly code: string; readonly message: string },
): FaultAnswer {
  const { code, message } = error;
  const requestId = '00000000-0000-0000-0000-00000000fa17';
  const xml = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  const inner = `<Code>${code}</Code><Message>${message}</Message>`;
  switch (request.protocol) {
    case 'ec2':
      return {
        status,
        headers: xml,
        body: `<Response><Errors><Error>${inner}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      };
    case 'query':
      return {
        status,
        headers: xml,
        body: `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    case 's3':
      return { status, headers: xml, body: `<Error>${inner}<RequestId>${requestId}</RequestId></Error>` };
    case 'json':
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
        body: JSON.stringify({ __type: code, message }),
      };
  }
}
