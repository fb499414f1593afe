/** The service end of a channel: reads requests, calls the service, answers, and never falls over a message. */
import { callSchemas, isEventName } from '../contract/calls.ts';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { CallContext, Service } from '../contract/service.ts';
import { parseAs } from '../contract/validate.ts';
import {
  type Channel,
  maxBacklog,
  maxOpenPerConnection,
  maxReplyLength,
  maxRequestLength,
  readRequest,
  type WireReply,
  type WireRequest,
  wireErrorFrom,
} from '../contract/wire.ts';

type Handler = (params: unknown, context: CallContext) => Promise<unknown>;

/**
 * Serves `service` over `channel`, which it takes over, until the channel closes; then what was called is cancelled and
 * what was subscribed is let go.
 */
export function serve(channel: Channel, service: Service): void {
  const calls = new Map<number, AbortController>();
  const subscriptions = new Map<number, () => void>();
  let ended = false;

  const send = (reply: WireReply) => {
    if (ended) return;
    // A client that does not read is let go before its share of the memory hurts the others.
    if (channel.backlog > maxBacklog) return channel.close('this client does not keep up');
    channel.send(textOf(reply));
  };
  const refuse = (id: number | null, error: AppError) => send({ type: 'error', id, error: wireErrorFrom(error) });

  const call = async (request: WireRequest & { type: 'call' }) => {
    const abort = new AbortController();
    calls.set(request.id, abort);
    try {
      const schema = callSchemas.get(request.name);
      if (schema === undefined) throw new AppError('not-found', `There is no call ${request.name}.`);
      const params = parseAs(schema.params, request.params, request.name);
      const value = await handlerOf(service, request.name)(params, { signal: abort.signal });
      send({ type: 'result', id: request.id, value });
    } catch (error) {
      refuse(request.id, appErrorFrom(error));
    } finally {
      calls.delete(request.id);
    }
  };

  const subscribe = (request: WireRequest & { type: 'subscribe' }) => {
    if (!isEventName(request.event)) {
      return refuse(request.id, new AppError('not-found', `There is no event ${request.event}.`));
    }
    const off = service.on(request.event, (value) => send({ type: 'event', id: request.id, value }));
    subscriptions.set(request.id, off);
    send({ type: 'result', id: request.id, value: null });
  };

  channel.onMessage((text) => {
    const reading = readRequest(text);
    if (!reading.ok) {
      refuse(reading.id, new AppError('invalid-argument', `A request was refused: ${reading.reason}.`));
      if (text.length > maxRequestLength) channel.close('a message was too long');
      return;
    }
    const request = reading.message;
    switch (request.type) {
      case 'call':
      case 'subscribe':
        if (calls.has(request.id) || subscriptions.has(request.id)) {
          refuse(request.id, new AppError('invalid-argument', `The id ${request.id} is in use.`));
        } else if (calls.size + subscriptions.size >= maxOpenPerConnection) {
          refuse(request.id, new AppError('invalid-argument', `At most ${maxOpenPerConnection} calls at a time.`));
        } else if (request.type === 'call') {
          void call(request);
        } else {
          subscribe(request);
        }
        return;
      case 'cancel':
        calls.get(request.id)?.abort(new AppError('cancelled', 'Cancelled.'));
        return;
      case 'unsubscribe':
        subscriptions.get(request.id)?.();
        subscriptions.delete(request.id);
        return;
      default:
        request satisfies never;
    }
  });

  channel.onClose(() => {
    ended = true;
    for (const abort of calls.values()) abort.abort(new AppError('cancelled', 'The caller went away.'));
    for (const off of subscriptions.values()) off();
    subscriptions.clear();
  });
}

/** The service's function of a name that `callSchemas` knows. */
function handlerOf(service: Service, name: string): Handler {
  const [member = '', method = ''] = name.split('.');
  // The mapped type names a function for every name of `callSchemas`; a string cannot show the compiler which.
  const calls = (service as unknown as Readonly<Record<string, Readonly<Record<string, Handler>>>>)[member];
  const handler = calls?.[method];
  if (handler === undefined) throw new AppError('internal', `The call ${name} is not implemented.`);
  return (params, context) => handler.call(calls, params, context);
}

/** `reply` as a text; a value that JSON cannot hold, or that is too long, becomes an error of its call. */
function textOf(reply: WireReply): string {
  let reason: string;
  try {
    const text = JSON.stringify(reply);
    if (text.length <= maxReplyLength) return text;
    reason = `is longer than ${maxReplyLength} characters; ask for less at a time`;
  } catch (error) {
    reason = `is not JSON: ${appErrorFrom(error).message}`;
  }
  const error = wireErrorFrom(new AppError('internal', `The answer ${reason}.`));
  return JSON.stringify({ type: 'error', id: reply.id, error } satisfies WireReply);
}
