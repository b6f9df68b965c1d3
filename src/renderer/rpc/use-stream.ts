import { useEffect, useReducer, useRef } from 'react';
import type { WireError } from '#shared/errors/index.ts';
import { errorOf } from './errors.ts';
import { useConnection } from './provider.tsx';

export interface StreamState<Value> {
  /** What was gathered so far. */
  readonly value: Value;
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** What is listened to, and how often it was opened anew. */
  readonly opened: string;
  readonly error: WireError | null;
}

export interface StreamOptions<Item, Value> {
  /** Opens the stream, or null while there is nothing to listen to. */
  readonly open: ((signal: AbortSignal) => Promise<AsyncIterable<Item>>) | null;
  /** Names what is listened to; the stream is opened again when it changes. */
  readonly key: string;
  readonly initial: Value;
  /** Pure: folds one item into what was gathered. */
  readonly fold: (value: Value, item: Item) => Value;
  /** Whether to open it anew after a reconnection; the fold starts from `initial` again. */
  readonly resume?: boolean;
}

type Action<Value> =
  | { type: 'opened'; initial: Value; opened: string }
  | { type: 'item'; fold: (value: Value) => Value }
  | { type: 'done' }
  | { type: 'failed'; error: WireError };

function reduce<Value>(state: StreamState<Value>, action: Action<Value>): StreamState<Value> {
  switch (action.type) {
    case 'opened':
      return { value: action.initial, status: 'running', opened: action.opened, error: null };
    case 'item':
      return { ...state, value: action.fold(state.value) };
    case 'done':
      return { ...state, status: 'done' };
    case 'failed':
      return { ...state, status: 'failed', error: action.error };
  }
}

/** Listens to one of the contract's streams for as long as the component lives. */
export function useStream<Item, Value>(options: StreamOptions<Item, Value>): StreamState<Value> {
  const { generation } = useConnection();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const [state, dispatch] = useReducer(reduce<Value>, {
    value: options.initial,
    status: 'idle',
    opened: '',
    error: null,
  });
  const active = options.open !== null;
  const opened = `${options.key} ${options.resume === true ? generation : 0}`;
  useEffect(() => {
    const { open } = latest.current;
    if (!active || open === null) return undefined;
    const controller = new AbortController();
    dispatch({ type: 'opened', initial: latest.current.initial, opened });
    async function listen(openStream: NonNullable<typeof open>): Promise<void> {
      for await (const item of await openStream(controller.signal)) {
        if (controller.signal.aborted) return;
        dispatch({ type: 'item', fold: (value) => latest.current.fold(value, item) });
      }
      if (!controller.signal.aborted) dispatch({ type: 'done' });
    }
    listen(open).catch((thrown: unknown) => {
      if (!controller.signal.aborted) dispatch({ type: 'failed', error: errorOf(thrown) });
    });
    return () => controller.abort();
  }, [active, opened]);
  return state;
}
