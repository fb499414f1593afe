/** A client of the contract over any channel: typed calls out, validated results and events in. */
import { contract, type EventName } from './calls.ts';
import type { CallSchema } from './calls/call.ts';
import { AppError } from './errors.ts';
import type { CallOptions, Client, Subscription } from './service.ts';
import { parseAs } from './validate.ts';
import { appErrorFromWire, type Channel, maxRequestLength, readReply, type WireRequest } from './wire.ts';

interface Waiting {
  succeed(value: unknown): void;
  fail(error: AppError): void;
}

/**
 * The client end of `channel`, which it takes over. A reply that makes no sense ends the connection: the other side is of
 * another version, and going on would show a reviewer something stale as if it were true.
 */
export function makeClient(channel: Channel): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<number, (value: unknown) => void>();
  const closed = Promise.withResolvers<AppError | null>();
  let ended: AppError | null = null;
  let closedHere = false;
  let lastId = 0;

  const end = (error: AppError) => {
    if (ended !== null) return;
    ended = error;
    for (const call of waiting.values()) call.fail(error);
    waiting.clear();
    listeners.clear();
    closed.resolve(closedHere ? null : error);
    channel.close();
  };
  const lost = (reason: string) =>
    new AppError('connection-lost', `The connection to the core ended${reason === '' ? '' : ` (${reason})`}.`);

  const post = (request: WireRequest) => {
    const text = JSON.stringify(request);
    if (text.length > maxRequestLength) {
      throw new AppError('invalid-argument', `The request is longer than ${maxRequestLength} characters; split it.`);
    }
    channel.send(text);
  };

  /** Sends a request and waits for its result or error. */
  const ask = (request: WireRequest, signal?: AbortSignal): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const cancel = () => {
      waiting.delete(request.id);
      reject(new AppError('cancelled', 'Cancelled.'));
      if (ended === null) post({ type: 'cancel', id: request.id });
    };
    if (ended !== null) {
      reject(ended);
    } else if (signal?.aborted === true) {
      reject(new AppError('cancelled', 'Cancelled.'));
    } else {
      const settled = () => signal?.removeEventListener('abort', cancel);
      waiting.set(request.id, {
        succeed: (value) => (settled(), resolve(value)),
        fail: (error) => (settled(), reject(error)),
      });
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        post(request);
      } catch (error) {
        waiting.delete(request.id);
        settled();
        reject(error);
      }
    }
    return promise;
  };

  /** Nothing is waiting where the call was cancelled while its answer was on the way. */
  const take = (id: number) => {
    const call = waiting.get(id);
    waiting.delete(id);
    return call;
  };

  channel.onMessage((text) => {
    const reading = readReply(text);
    if (!reading.ok) return end(lost(`a reply could not be read: ${reading.reason}`));
    const reply = reading.message;
    switch (reply.type) {
      case 'event':
        listeners.get(reply.id)?.(reply.value);
        return;
      case 'result':
        take(reply.id)?.succeed(reply.value);
        return;
      case 'error':
        if (reply.id === null) end(appErrorFromWire(reply.error));
        else take(reply.id)?.fail(appErrorFromWire(reply.error));
        return;
      default:
        reply satisfies never;
    }
  });
  channel.onClose((reason) => end(lost(reason)));

  const caller =
    (name: string, schema: CallSchema) =>
    async (params: unknown = {}, options: CallOptions = {}) => {
      const value = await ask({ type: 'call', id: ++lastId, name, params }, options.signal);
      return parseAs(schema.result, value, `The core's answer to ${name}`, 'internal');
    };

  const on = (event: EventName, listener: (value: never) => void): Subscription => {
    const id = ++lastId;
    listeners.set(id, (value) => {
      let parsed: unknown;
      try {
        parsed = parseAs(contract.events[event], value, `The event ${event}`, 'internal');
      } catch (error) {
        return end(error instanceof AppError ? error : lost(String(error)));
      }
      listener(parsed as never);
    });
    const ready = ask({ type: 'subscribe', id, event }).then(() => undefined);
    // Who does not wait for it learns of the failure from the calls, which fail with it.
    ready.catch(() => undefined);
    const close = () => {
      if (listeners.delete(id) && ended === null) post({ type: 'unsubscribe', id });
    };
    return { ready, close, [Symbol.dispose]: close };
  };

  const services = Object.fromEntries(
    Object.entries(contract.calls).map(([service, calls]) => [
      service,
      Object.fromEntries(Object.entries(calls).map(([name, schema]) => [name, caller(`${service}.${name}`, schema)])),
    ]),
  );
  const close = () => {
    closedHere = true;
    end(new AppError('connection-lost', 'The connection to the core was closed here.'));
  };
  // The loop above makes exactly the members that the mapped type names: both come from the one contract object.
  return { ...services, on, close, closed: closed.promise } as unknown as Client;
}
