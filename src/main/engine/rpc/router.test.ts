import { isContractProcedure } from '@orpc/contract';
import { createRouterClient, ORPCError, type AnyRouter } from '@orpc/server';
import { expect, test } from 'vitest';
import { contract, type ProcedureMeta } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Actor } from '#shared/model/index.ts';
import type { EngineServices, WorkspaceServices } from '../ports/index.ts';
import { createRouter } from './router.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

type Calls = Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;

/** A client of the router as somebody, over services that only note who reached them. */
function clientAs(kind: Actor['kind'], answer: () => unknown = () => 'reached') {
  const reached: string[] = [];
  const service = (namespace: string) =>
    new Proxy({}, { get: (_target, name) => () => (reached.push(`${namespace}.${String(name)}`), answer()) });
  const services = Object.fromEntries(Object.keys(contract).map((name) => [name, service(name)]));
  const router = createRouter({
    engine: services as unknown as EngineServices,
    workspace: () => services as unknown as WorkspaceServices,
    logger: silent,
  });
  const client = createRouterClient(router as AnyRouter, { context: { actor: { kind, name: 'somebody' } } });
  return { client: client as unknown as Calls, reached };
}

const personOnly = Object.entries(contract).flatMap(([namespace, group]) =>
  Object.entries(group).flatMap(([name, procedure]) =>
    isContractProcedure(procedure) && (procedure['~orpc'].meta as unknown as ProcedureMeta).callers === 'person'
      ? [{ namespace, name }]
      : [],
  ),
);

const inputs: Record<string, unknown> = {
  approve: { id: '1', planSetDigest: 'a', envelopeDigest: 'b' },
  reject: { id: '1', reason: 'no' },
  fillInputs: { id: '1', values: {} },
  resume: { id: '1' },
  browseFolders: { path: null },
};

test('approving, rejecting, filling in and resuming are acts of a person', () => {
  expect(personOnly.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['approve', 'reject', 'fillInputs', 'resume', 'agentAccess']),
  );
});

test.each(['agent', 'command-line'] as const)(
  'what only a person may do is refused to %s before any service',
  async (kind) => {
    const { client, reached } = clientAs(kind);
    for (const { namespace, name } of personOnly) {
      const error: unknown = await client[namespace]?.[name]?.(inputs[name]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ORPCError);
      expect((error as ORPCError<string, { code: string }>).data.code).toBe('forbidden');
    }
    expect(reached).toEqual([]);
  },
);

test('an error keeps its code, place and advice; anything else is internal, without its stack', async () => {
  const told = clientAs('person', () => {
    throw new AppError('not-found', 'There is no artifact x.', { advice: 'Import it.', details: { name: 'x' } });
  });
  const known: unknown = await told.client['artifacts']?.['get']?.({ name: 'x' }).catch((thrown: unknown) => thrown);
  expect((known as ORPCError<string, unknown>).data).toEqual({
    code: 'not-found',
    message: 'There is no artifact x.',
    advice: 'Import it.',
    details: { name: 'x' },
    fault: 'user',
    retryable: false,
  });
  const broken = clientAs('person', () => {
    throw new TypeError('x is not a function');
  });
  const unknown: unknown = await broken.client['artifacts']
    ?.['get']?.({ name: 'x' })
    .catch((thrown: unknown) => thrown);
  expect((unknown as ORPCError<string, { code: string }>).data.code).toBe('internal');
  expect(JSON.stringify(unknown)).not.toContain('router.test.ts');
});
