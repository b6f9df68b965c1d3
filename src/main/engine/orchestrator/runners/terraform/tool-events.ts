import { z } from 'zod';
import type { TerraformEvent } from '../../../ports/index.ts';

/** One error or warning of the tool, without the values around it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly address: string | null;
}

const hookSchema = z.looseObject({
  resource: z.looseObject({ addr: z.string(), resource_type: z.string().optional() }).optional(),
  action: z.string().optional(),
  elapsed_seconds: z.number().optional(),
});
const messageSchema = z.looseObject({
  '@level': z.string(),
  '@message': z.string(),
  '@timestamp': z.string().optional(),
  type: z.string().optional(),
  hook: hookSchema.optional(),
  change: hookSchema.optional(),
  diagnostic: z
    .looseObject({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().optional(),
      address: z.string().optional(),
      range: z
        .looseObject({ filename: z.string(), start: z.looseObject({ line: z.number(), column: z.number() }) })
        .optional(),
    })
    .optional(),
});

export interface ReadMessage {
  readonly event: TerraformEvent;
  readonly diagnostic: Diagnostic | null;
}

/**
 * Reads one line of the tool's `-json` output (machine-readable UI, format 1.x). A line that is not JSON becomes an
 * event of type `text`: the tool writes some early errors plainly.
 */
export function readMessage(line: string, now: number): ReadMessage {
  const parsed = messageSchema.safeParse(asJson(line));
  if (!parsed.success) {
    return { event: { ...emptyEvent, at: now, text: line }, diagnostic: null };
  }
  const message = parsed.data;
  const hook = message.hook ?? message.change;
  const diagnostic = message.diagnostic === undefined ? null : readDiagnostic(message.diagnostic);
  const stamp = message['@timestamp'] === undefined ? Number.NaN : Date.parse(message['@timestamp']);
  return {
    event: {
      at: Number.isNaN(stamp) ? now : stamp,
      level: levelOf(message['@level']),
      text: diagnostic === null ? message['@message'] : diagnosticText(diagnostic),
      type: message.type ?? 'log',
      address: hook?.resource?.addr ?? diagnostic?.address ?? null,
      resourceType: hook?.resource?.resource_type ?? null,
      action: hook?.action ?? null,
      elapsedSeconds: hook?.elapsed_seconds ?? null,
    },
    diagnostic,
  };
}

const emptyEvent = {
  level: 'info' as const,
  type: 'text',
  address: null,
  resourceType: null,
  action: null,
  elapsedSeconds: null,
};

function asJson(line: string): unknown {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    // Half a line, or plain text that begins with a brace: shown as text.
    return null;
  }
}

function levelOf(level: string): TerraformEvent['level'] {
  if (level === 'error') return 'error';
  return level === 'warn' ? 'warning' : 'info';
}

function readDiagnostic(found: NonNullable<z.infer<typeof messageSchema>['diagnostic']>): Diagnostic {
  return {
    severity: found.severity === 'warning' ? 'warning' : 'error',
    summary: found.summary,
    detail: found.detail ?? '',
    file: found.range?.filename ?? null,
    line: found.range?.start.line ?? null,
    column: found.range?.start.column ?? null,
    address: found.address ?? null,
  };
}

/** One diagnostic as a sentence with its place. */
export function diagnosticText(diagnostic: Diagnostic): string {
  const place = diagnostic.file === null ? '' : `${diagnostic.file}:${diagnostic.line ?? 1}: `;
  const address = diagnostic.address === null ? '' : ` (${diagnostic.address})`;
  const detail = diagnostic.detail === '' ? '' : `: ${diagnostic.detail.trim()}`;
  return `${place}${diagnostic.summary}${address}${detail}`;
}
