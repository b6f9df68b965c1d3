import { readFileSync } from 'node:fs';
import { grpc, protobuf } from 'google-gax';
import type { StatusAnswer } from './inventory.ts';

// The library ships the messages of errors beside its code, and does not export them.
const messages = new URL('../protos/status.json', import.meta.resolve('google-gax'));
const root = protobuf.Root.fromJSON(JSON.parse(readFileSync(messages, 'utf8')) as protobuf.INamespace);
const Status = root.lookupType('google.rpc.Status');

/** The details of an error as gRPC carries them: a message of its own, in a trailer. */
export function statusDetails({ status, message, reason, retrySeconds }: StatusAnswer): grpc.Metadata {
  const details = [
    ...(reason === undefined
      ? []
      : [any('google.rpc.ErrorInfo', { reason: reason.name, domain: 'googleapis.com', metadata: reason.metadata })]),
    ...(retrySeconds === undefined
      ? []
      : [
          any('google.rpc.RetryInfo', {
            retryDelay: { seconds: Math.floor(retrySeconds), nanos: (retrySeconds % 1) * 1e9 },
          }),
        ]),
  ];
  const metadata = new grpc.Metadata();
  const code = grpc.status[status];
  metadata.set('grpc-status-details-bin', Buffer.from(Status.encode({ code, message, details }).finish()));
  return metadata;
}

function any(type: string, value: object): object {
  return { type_url: `type.googleapis.com/${type}`, value: root.lookupType(type).encode(value).finish() };
}
