import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import { implement, ORPCError, type AnyProcedure } from '@orpc/server';
import { contract, type ProcedureMeta } from '#shared/contract/index.ts';
import { AppError, toWireError } from '#shared/errors/index.ts';
import type { Actor } from '#shared/model/index.ts';
import type { Call, EngineServices, Logger, WorkspaceServices } from '../ports/index.ts';

/** What a transport knows about the other end of a connection. */
export interface RpcContext {
  readonly actor: Actor;
}

/** Where the services come from; those of a workspace exist only while one is open. */
export interface RouterSources {
  readonly engine: EngineServices;
  /** Throws `no-workspace`. */
  readonly workspace: () => WorkspaceServices;
  readonly logger: Logger;
}

type Namespace = keyof typeof contract;
type Method = (input: unknown, call: Call) => unknown;

/**
 * Binds every procedure of the contract to the service method of the same name. Nothing else happens here: who may
 * call is data of the contract, errors are mapped in one place, and the transports only add who is calling.
 */
export function createRouter(sources: RouterSources): Record<Namespace, Record<string, AnyProcedure>> {
  const router: Partial<Record<Namespace, Record<string, AnyProcedure>>> = {};
  for (const namespace of Object.keys(contract) as Namespace[]) {
    const procedures: Record<string, AnyProcedure> = {};
    for (const [name, procedure] of Object.entries(contract[namespace])) {
      if (isContractProcedure(procedure)) procedures[name] = bind(sources, procedure, { namespace, name });
    }
    router[namespace] = procedures;
  }
  return router as Record<Namespace, Record<string, AnyProcedure>>;
}

function bind(
  sources: RouterSources,
  procedure: AnyContractProcedure,
  path: { namespace: Namespace; name: string },
): AnyProcedure {
  const meta = procedure['~orpc'].meta as unknown as ProcedureMeta;
  return implement(procedure)
    .$context<RpcContext>()
    .handler(async ({ input, context, signal }) => {
      try {
        if (meta.callers === 'person' && context.actor.kind !== 'person') {
          throw new AppError('forbidden', `${path.namespace}.${path.name} is an act of a person on a screen.`, {
            advice: 'Open the review screen and decide there.',
          });
        }
        const services: Record<string, unknown> = {
          ...(meta.withoutWorkspace ? sources.engine : sources.workspace()),
        };
        const service = services[path.namespace] as Record<string, Method>;
        const method = service[path.name];
        if (method === undefined) throw new AppError('internal', `${path.namespace}.${path.name} has no method.`);
        const call: Call = { actor: context.actor, signal: signal ?? new AbortController().signal };
        const answer = await method.call(service, input, call);
        return isAsyncIterable(answer) ? mapStreamErrors(answer, sources.logger) : answer;
      } catch (thrown) {
        throw onTheWire(thrown, sources.logger);
      }
    });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* mapStreamErrors(stream: AsyncIterable<unknown>, logger: Logger): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (thrown) {
    throw onTheWire(thrown, logger);
  }
}

/** Every error leaves as the one declared shape; stacks stay in the log. */
function onTheWire(thrown: unknown, logger: Logger): ORPCError<string, unknown> {
  if (thrown instanceof ORPCError) return thrown;
  const wire = toWireError(thrown);
  if (wire.fault === 'bug') {
    logger.error('rpc.internal', { message: wire.message, stack: thrown instanceof Error ? (thrown.stack ?? '') : '' });
  }
  return new ORPCError('APP_ERROR', { defined: true, status: 422, message: wire.message, data: wire });
}
