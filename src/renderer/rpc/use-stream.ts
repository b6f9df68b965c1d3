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
  /** Pure: folds what came within a twentieth of a second at once, for streams of very many items. */
  readonly foldMany?: (value: Value, items: readonly Item[]) => Value;
  /** Whether to open it anew after a reconnection; the fold starts from `initial` again. */
  readonly resume?: boolean;
}

const gatherMs = 50;

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
    let gathered: Item[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    function flush(): void {
      clearTimeout(timer);
      timer = undefined;
      const items = gathered;
      gathered = [];
      if (items.length === 0 || controller.signal.aborted) return;
      dispatch({ type: 'item', fold: (value) => latest.current.foldMany?.(value, items) ?? value });
    }
    async function listen(openStream: NonNullable<typeof open>): Promise<void> {
      for await (const item of await openStream(controller.signal)) {
        if (controller.signal.aborted) return;
        if (latest.current.foldMany === undefined) {
          dispatch({ type: 'item', fold: (value) => latest.current.fold(value, item) });
          continue;
        }
        gathered.push(item);
        timer ??= setTimeout(flush, gatherMs);
      }
      flush();
      if (!controller.signal.aborted) dispatch({ type: 'done' });
    }
    listen(open).catch((thrown: unknown) => {
      flush();
      if (!controller.signal.aborted) dispatch({ type: 'failed', error: errorOf(thrown) });
    });
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [active, opened]);
  return state;
}
