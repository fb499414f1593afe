/** The two sides of the contract as types: what a core implements and what a host or window gets in its hands. */
import type { CallSchema } from './calls/call.ts';
import type { Calls, EventName, EventValue, ParamsGiven, ParamsTaken, ResultOf } from './calls.ts';
import type { AppError } from './errors.ts';

export interface CallContext {
  /** Aborts when the caller cancels and when its connection ends. Long work is a job and goes on. */
  readonly signal: AbortSignal;
}

/** Where events come from. The listener is called in the order of emission, from the next emission on. */
export interface EventSource {
  readonly on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void;
}

export interface EventSink {
  emit<E extends EventName>(event: E, value: EventValue<E>): void;
}

type Handler<C extends CallSchema> = (params: ParamsTaken<C>, context: CallContext) => Promise<ResultOf<C>>;

/** What the core implements: every call of the contract, and the events. Errors are thrown as AppError. */
export type Service = {
  readonly [S in keyof Calls]: { readonly [C in keyof Calls[S]]: Handler<Calls[S][C] & CallSchema> };
} & EventSource;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A subscription in force until it is closed. */
export interface Subscription extends Disposable {
  /** Fulfilled when the service has it; a call made after `on` is answered after that in any case. */
  readonly ready: Promise<void>;
  close(): void;
}

/** Params may be left out where every member of them may. */
type Caller<C extends CallSchema> =
  Record<never, never> extends ParamsGiven<C>
    ? (params?: ParamsGiven<C>, options?: CallOptions) => Promise<ResultOf<C>>
    : (params: ParamsGiven<C>, options?: CallOptions) => Promise<ResultOf<C>>;

/** Every call of the contract over a connection. Calls fail with AppError, `connection-lost` among its codes. */
export type Client = {
  readonly [S in keyof Calls]: { readonly [C in keyof Calls[S]]: Caller<Calls[S][C] & CallSchema> };
} & {
  on<E extends EventName>(event: E, listener: (value: EventValue<E>) => void): Subscription;
  /** Why the connection ended; null where this side closed it. Never rejects. */
  readonly closed: Promise<AppError | null>;
  close(): void;
};
