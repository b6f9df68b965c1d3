import { pino, type DestinationStream } from 'pino';
import type { JsonObject } from '#shared/base/json.ts';
import { objectWithoutSecretTexts } from '../engine/discovery/secret-texts.ts';
import type { Logger } from '../engine/ports/index.ts';

const secretPaths = [
  'password',
  'secret',
  'token',
  'secretAccessKey',
  'sessionToken',
  '*.password',
  '*.secret',
  '*.token',
];

/**
 * A logger that writes one JSON line per entry, to standard error unless told otherwise; what looks like a secret by
 * its name, or stands in a text where secrets do, is masked.
 */
export function createPinoLogger(
  level: 'debug' | 'info' | 'warn' | 'error',
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  const sink = pino({ level, base: null, redact: { paths: secretPaths, censor: '***' } }, destination);
  const entry = (id: string, data: JsonObject = {}) => ({ id, ...objectWithoutSecretTexts(data) });
  return {
    debug: (id, data) => sink.debug(entry(id, data)),
    info: (id, data) => sink.info(entry(id, data)),
    warn: (id, data) => sink.warn(entry(id, data)),
    error: (id, data) => sink.error(entry(id, data)),
  };
}
