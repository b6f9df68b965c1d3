import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { AppError, toWireError } from '#shared/errors/index.ts';
import { createEngineConnection, type EngineLink, type Transport, type TransportListener } from './connection.ts';
import { errorOf } from './errors.ts';
import { queryPathsOf } from './topics.ts';

function fakeTransport(): { transport: Transport; tell: () => TransportListener } {
  let listener: TransportListener | undefined;
  return {
    transport: {
      start: (given) => {
        listener = given;
      },
      close: () => undefined,
    },
    tell: () => {
      if (listener === undefined) throw new Error('The transport was not started.');
      return listener;
    },
  };
}

const link: EngineLink = { call: () => Promise.resolve('answer') };

describe('the connection to the engine', () => {
  it('lets a call wait until the engine is there', async () => {
    const { transport, tell } = fakeTransport();
    const connection = createEngineConnection(transport);
    const waiting = connection.link();
    tell().connected(link);
    await expect(waiting).resolves.toBe(link);
  });

  it('counts attempts while the engine is gone and begins anew when it is back', () => {
    const { transport, tell } = fakeTransport();
    const connection = createEngineConnection(transport);
    tell().connected(link);
    tell().lost('gone');
    tell().lost('gone');
    expect(connection.state()).toEqual({ phase: 'lost', attempts: 2, generation: 1 });
    tell().connected(link);
    expect(connection.state()).toEqual({ phase: 'connected', attempts: 0, generation: 2 });
  });

  it('says at once that this browser is not let in', async () => {
    const { transport, tell } = fakeTransport();
    const connection = createEngineConnection(transport);
    const waiting = connection.link();
    tell().lost('refused');
    await expect(waiting).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('stops waiting when the caller does', async () => {
    const connection = createEngineConnection(fakeTransport().transport);
    const controller = new AbortController();
    const waiting = connection.link(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('errors as the screens see them', () => {
  it('keep code, advice and place of the engine’s own errors', () => {
    const wire = toWireError(
      new AppError('not-found', 'No such draft.', { advice: 'Make one.', details: { name: 'x' } }),
    );
    expect(errorOf(new ORPCError('APP_ERROR', { defined: true, status: 422, data: wire }))).toEqual(wire);
  });

  it('name the fields of an input that was refused', () => {
    const data = { issues: [{ message: 'Twelve digits.', path: ['accounts', 0] }] };
    const refused = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data });
    expect(errorOf(refused)).toMatchObject({
      code: 'bad-input',
      message: 'accounts.0: Twelve digits.',
      details: { fields: ['accounts.0'] },
    });
  });

  it('tell a lost engine from a fault of ours', () => {
    expect(errorOf(new Error('Cannot send message, WebSocket is not open.')).code).toBe('engine-gone');
    expect(errorOf(new Error('x is not a function')).code).toBe('internal');
    expect(errorOf(new DOMException('stopped', 'AbortError')).code).toBe('cancelled');
  });
});

describe('what is asked again after a change', () => {
  it('is each namespace once, not its procedures beside it', () => {
    expect(queryPathsOf(['workspace', 'runs', 'settings'])).toEqual([
      ['system'],
      ['discovery'],
      ['coverage'],
      ['runs'],
      ['schedules'],
    ]);
  });

  it('leaves the rest alone', () => {
    expect(queryPathsOf(['drift'])).toEqual([['drift'], ['catalog', 'environments']]);
  });
});
