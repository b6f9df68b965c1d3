import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { protos } from '@google-cloud/asset';
import { grpc } from 'google-gax';
import type { FakeInventory, ListedPage, ListRequest } from './inventory.ts';
import type { InventoryFault } from './inventory-faults.ts';
import { statusDetails } from './grpc-status.ts';
import { pageMessage } from './grpc-messages.ts';
import type { InventoryServer } from './rest-inventory.ts';

const { ListAssetsRequest } = protos.google.cloud.asset.v1;
const contents = ['CONTENT_TYPE_UNSPECIFIED', 'RESOURCE', 'IAM_POLICY', 'ORG_POLICY'] as const;

type Call = grpc.ServerUnaryCall<InstanceType<typeof ListAssetsRequest>, Uint8Array>;
type Reply = grpc.sendUnaryData<Uint8Array>;

/** Answers go out as the bytes they are made of, so that broken ones can be sent. */
const service: grpc.ServiceDefinition = {
  ListAssets: {
    path: '/google.cloud.asset.v1.AssetService/ListAssets',
    requestStream: false,
    responseStream: false,
    requestSerialize: (request: InstanceType<typeof ListAssetsRequest>) =>
      Buffer.from(ListAssetsRequest.encode(request).finish()),
    requestDeserialize: (bytes: Buffer) => ListAssetsRequest.decode(bytes),
    responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

/** Serves a fake inventory over real gRPC, without encryption, behind a door that can cut connections. */
export async function startGrpcInventory(inventory: FakeInventory): Promise<InventoryServer> {
  const stopped = new AbortController();
  const server = new grpc.Server();
  server.addService(service, {
    ListAssets: (call: Call, reply: Reply) => {
      handle(call, reply).catch(() => reply({ code: grpc.status.CANCELLED }));
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const door = await openDoor(port);

  async function handle(call: Call, reply: Reply): Promise<void> {
    const answer = inventory.answer(readRequest(call));
    switch (answer.kind) {
      case 'page':
        reply(null, pageMessage(answer.page));
        return;
      case 'status': {
        const { status, message } = answer.answer;
        reply({ code: grpc.status[status], details: message, metadata: statusDetails(answer.answer) });
        return;
      }
      case 'fault':
        await failWith(answer.fault, answer.page, reply);
    }
  }

  async function failWith(fault: InventoryFault, page: ListedPage, reply: Reply): Promise<void> {
    const bytes = pageMessage(page);
    switch (fault.kind) {
      case 'slow':
        await delay(fault.milliseconds, undefined, { signal: stopped.signal });
        reply(null, bytes);
        return;
      case 'cut':
        door.cutAfter(0);
        return;
      case 'cut-body':
        door.cutAfter(bytes.length / 2);
        reply(null, bytes);
        return;
      case 'truncated':
        reply(null, bytes.subarray(0, bytes.length / 2));
        return;
      case 'malformed':
        reply(null, Buffer.from('this is no message of the inventory'));
        return;
      case 'rubbish':
        door.spoil(`HTTP/1.1 ${fault.status} OK\r\ncontent-type: ${fault.type}\r\n\r\n${fault.body}`);
        return;
      case 'silent':
      case 'status':
      case 'endless':
      case 'expire':
    }
  }

  return {
    endpoint: `http://127.0.0.1:${door.port}`,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      server.forceShutdown();
      await door.close();
    },
  };
}

function readRequest({ request, metadata }: Call): ListRequest {
  const { parent, assetTypes, contentType, pageSize, pageToken, readTime } = request;
  const sent = metadata.get('authorization')[0];
  return {
    parent,
    content: contents[Number(contentType)] ?? 'CONTENT_TYPE_UNSPECIFIED',
    assetTypes,
    readTime: readTime?.seconds ? Number(readTime.seconds) * 1000 + (readTime.nanos ?? 0) / 1e6 : null,
    pageSize,
    pageToken,
    token: (typeof sent === 'string' ? /^Bearer (.+)$/.exec(sent)?.[1] : null) ?? null,
  };
}

interface Door {
  readonly port: number;
  /** Answers with something that is no gRPC at all, and ends the connections. */
  spoil(text: string): void;
  /** Ends every open connection after so many more bytes to the client. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

/** A relay of bytes in front of the server. */
async function openDoor(target: number): Promise<Door> {
  const open = new Set<{ readonly outside: Socket; readonly inside: Socket; left: number }>();
  const relay = createServer((outside) => {
    const inside = connect(target, '127.0.0.1');
    const pair = { outside, inside, left: Number.POSITIVE_INFINITY };
    open.add(pair);
    const end = (): void => {
      open.delete(pair);
      outside.destroy();
      inside.destroy();
    };
    outside.on('data', (bytes) => inside.write(bytes));
    inside.on('data', (bytes) => {
      outside.write(bytes.subarray(0, pair.left));
      pair.left -= bytes.length;
      if (pair.left <= 0) outside.end(end);
    });
    for (const socket of [outside, inside]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve, reject) => {
    relay.once('error', reject);
    relay.listen(0, '127.0.0.1', resolve);
  });
  const address = relay.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    spoil(text) {
      for (const { outside } of open) outside.end(text);
    },
    cutAfter(bytes) {
      for (const pair of open) {
        if (bytes <= 0) pair.outside.destroy();
        else pair.left = bytes;
      }
    },
    async close() {
      for (const { outside } of open) outside.destroy();
      await new Promise((resolve) => {
        relay.close(resolve);
      });
    },
  };
}
