/** The endpoint answered, but not in the words of Google's inventory. */
export class InvalidAnswerError extends Error {
  override name = 'InvalidAnswerError';
}

/** Nobody answered in time. */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError';
}

/** The status names that Google's errors carry, by gRPC's numbers. Source: google/rpc/code.proto */
const statusNames = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** What an error of either transport says, in one form. */
export interface Told {
  /** Google's name of the status, also when only HTTP's number was there; null when Google did not answer. */
  readonly status: string | null;
  /** Node's code of a connection that failed; null otherwise. */
  readonly network: string | null;
  readonly message: string;
  /** Google's reason, such as `SERVICE_DISABLED`, and what belongs to it. */
  readonly reason: string | null;
  readonly permission: string | null;
  /** The project one asks through, `projects/shop`, where a switched-off API names it. */
  readonly consumer: string | null;
  /** How long the service asks to wait. */
  readonly retryMilliseconds: number | null;
}

type Loose = Readonly<Record<string, unknown>>;

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads an error of gRPC, of the REST transport, of the credentials library or of Node. */
export function read(thrown: unknown): Told {
  const error = loose(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const http = typeof error['status'] === 'number' ? error['status'] : null;
  if (http !== null) return readHttp(http, { error, message });
  const { code } = error;
  if (typeof code === 'number') {
    const name = statusNames[code] ?? null;
    // The channel tells a connection that was never made as "unavailable", with Node's words inside.
    const network = /\b(ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)\b/.exec(message)?.[1];
    const details = Array.isArray(error['statusDetails']) ? error['statusDetails'].map(loose) : [];
    const metadata = loose(error['errorInfoMetadata']);
    return {
      status: name,
      network: network ?? null,
      message: text(error['details']) ?? message.replace(/^\d+ [A-Z_]+: /, ''),
      reason: text(error['reason']),
      permission: permissionOf(metadata, message),
      consumer: consumerOf(metadata, message),
      retryMilliseconds:
        details.map((detail) => milliseconds(detail['retryDelay'])).find((wait) => wait !== null) ?? null,
    };
  }
  return { ...nothing, message, network: text(code) ?? text(loose(error['cause'])['code']) };
}

const nothing: Told = {
  status: null,
  network: null,
  message: '',
  reason: null,
  permission: null,
  consumer: null,
  retryMilliseconds: null,
};

// Source: https://cloud.google.com/apis/design/errors#handling_errors
const statusByHttp: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** The body of an error stands in its message as the server sent it: Google's JSON, or a gateway's page. */
function readHttp(http: number, { error, message }: { readonly error: Loose; readonly message: string }): Told {
  const body = loose(loose(parsed(message))['error']);
  const details = Array.isArray(body['details']) ? body['details'].map(loose) : [];
  const info = details.find((detail) => String(detail['@type']).endsWith('ErrorInfo'));
  const retry = details.map((detail) => milliseconds(detail['retryDelay'])).find((wait) => wait !== null) ?? null;
  return {
    status: text(body['status']) ?? statusByHttp[http] ?? 'UNKNOWN',
    network: null,
    message: text(body['message']) ?? `HTTP ${http}`,
    reason: text(info?.['reason']),
    permission: permissionOf(loose(info?.['metadata']), message),
    consumer: consumerOf(loose(info?.['metadata']), message),
    retryMilliseconds: retry ?? retryAfter(error),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A gateway's page: the status is all that it tells.
    return null;
  }
}

/** `Retry-After` in seconds. */
function retryAfter(error: Loose): number | null {
  const headers = loose(error['response'])['headers'];
  const seconds = headers instanceof Headers ? headers.get('retry-after') : null;
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : null;
}

/** `2.5s` in JSON, seconds and nanoseconds in messages. */
function milliseconds(duration: unknown): number | null {
  if (typeof duration === 'string') {
    const seconds = /^(\d+(?:\.\d+)?)s$/.exec(duration)?.[1];
    return seconds === undefined ? null : Number(seconds) * 1000;
  }
  const { seconds, nanos } = loose(duration);
  if (seconds === undefined) return null;
  return Number(seconds) * 1000 + (typeof nanos === 'number' ? nanos / 1e6 : 0);
}

/** In the details, or in the sentence: `… has not been used in project 123 before or it is disabled`. */
function consumerOf(metadata: Loose, message: string): string | null {
  const named = text(metadata['consumer']);
  if (named?.startsWith('projects/') === true) return named;
  const project = /used in project ([\w:.-]+)/.exec(message)?.[1];
  return project === undefined ? null : `projects/${project}`;
}

/** Google names the missing permission in the details or in the sentence. */
function permissionOf(metadata: Loose, message: string): string | null {
  return text(metadata['permission']) ?? /[Pp]ermission '?(cloudasset\.[A-Za-z.]+)'?/.exec(message)?.[1] ?? null;
}
