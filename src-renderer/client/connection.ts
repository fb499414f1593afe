/** One client for the whole life of the window, over one connection after the other. */
import { contract, type EventName } from '../../src-main/contract/calls.ts';
import type { CoreInfo } from '../../src-main/contract/calls/core.ts';
import { makeClient } from '../../src-main/contract/client.ts';
import { AppError, appErrorFrom, type ErrorCode } from '../../src-main/contract/errors.ts';
import type { Client, Subscription } from '../../src-main/contract/service.ts';
import type { Channel } from '../../src-main/contract/wire.ts';

/** The calls and events of the contract; the connection under it comes and goes. */
export type ContractClient = Omit<Client, 'close' | 'closed'>;

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly info: CoreInfo }
  | {
      readonly kind: 'lost';
      /** One sentence. */
      readonly reason: string;
      readonly code: ErrorCode;
      /** Attempts to come back so far. */
      readonly attempt: number;
      /** When the next attempt begins; in the past while one is under way. */
      readonly retryAtMs: number;
    };

export interface ConnectionClock {
  now(): number;
  /** Calls `act` after `ms` unless the function that is returned was called before. */
  after(ms: number, act: () => void): () => void;
}

export interface Connection {
  readonly client: ContractClient;
  readonly state: ConnectionState;
  /** Told of every change of `state`, with the new one. */
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Ends the wait for the next attempt, where there is one. */
  retryNow(): void;
  /** Reads `core.info` anew into the state. */
  refreshInfo(): Promise<void>;
  close(): void;
}

/** Waits before each attempt to come back; the last one repeats. */
export const retryWaitsMs = [200, 1000, 2000, 5000] as const;

interface Renewed {
  readonly event: EventName;
  readonly listener: (value: never) => void;
  readonly ready: PromiseWithResolvers<void>;
  current: Subscription | null;
}

/** Connects at once and stays connected until it is closed. `openChannel` rejects where no connection could be made. */
export function createConnection(openChannel: () => Promise<Channel>, clock: ConnectionClock): Connection {
  const listeners = new Set<(state: ConnectionState) => void>();
  const subscriptions = new Set<Renewed>();
  let state: ConnectionState = { kind: 'connecting' };
  let current: Client | null = null;
  let attempts = 0;
  let cancelWait: (() => void) | null = null;
  let isClosed = false;

  const setState = (next: ConnectionState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  const subscribe = (client: Client, one: Renewed) => {
    one.current = client.on(one.event, one.listener as (value: unknown) => void);
    // A connection that ends before it answers is followed by one that is asked again.
    one.current.ready.then(one.ready.resolve, () => undefined);
  };

  const lose = (error: AppError) => {
    current = null;
    if (isClosed) return;
    for (const one of subscriptions) one.current = null;
    const waitMs = retryWaitsMs[Math.min(attempts, retryWaitsMs.length - 1)] ?? 0;
    cancelWait = clock.after(waitMs, () => {
      cancelWait = null;
      void connect();
    });
    const { message: reason, code } = error;
    setState({ kind: 'lost', reason, code, attempt: attempts, retryAtMs: clock.now() + waitMs });
    attempts += 1;
  };

  async function connect(): Promise<void> {
    let client: Client;
    try {
      client = makeClient(await openChannel());
    } catch (error) {
      return lose(appErrorFrom(error));
    }
    if (isClosed) return client.close();
    current = client;
    for (const one of subscriptions) subscribe(client, one);
    try {
      const info = await client.core.info();
      attempts = 0;
      setState({ kind: 'ready', info });
    } catch (error) {
      client.close();
      return lose(appErrorFrom(error));
    }
    lose((await client.closed) ?? new AppError('connection-lost', 'The connection to the core was closed here.'));
  }

  const caller = (service: string, name: string) => async (params?: unknown, options?: unknown) => {
    if (current === null) throw new AppError('connection-lost', 'There is no connection to the core at the moment.');
    const calls = current as unknown as Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>>;
    return calls[service]?.[name]?.(params, options);
  };

  const on = (event: EventName, listener: (value: never) => void): Subscription => {
    const one: Renewed = { event, listener, ready: Promise.withResolvers<void>(), current: null };
    subscriptions.add(one);
    if (current !== null) subscribe(current, one);
    const close = () => {
      subscriptions.delete(one);
      one.current?.close();
    };
    return { ready: one.ready.promise, close, [Symbol.dispose]: close };
  };

  const services = Object.fromEntries(
    Object.entries(contract.calls).map(([service, calls]) => [
      service,
      Object.fromEntries(Object.keys(calls).map((name) => [name, caller(service, name)])),
    ]),
  );

  void connect();
  return {
    // Made from the same contract object as the type.
    client: { ...services, on } as unknown as ContractClient,
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryNow() {
      if (cancelWait === null) return;
      cancelWait();
      cancelWait = null;
      if (state.kind === 'lost') setState({ ...state, retryAtMs: clock.now() });
      void connect();
    },
    async refreshInfo() {
      const asked = current;
      if (asked === null || state.kind !== 'ready') return;
      const info = await asked.core.info();
      if (current === asked && state.kind === 'ready') setState({ kind: 'ready', info });
    },
    close() {
      isClosed = true;
      cancelWait?.();
      current?.close();
    },
  };
}
