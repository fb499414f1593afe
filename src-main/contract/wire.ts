/** The messages between a client and the core, as JSON texts, and the little that a host supplies to carry them. */
import * as v from 'valibot';
import { AppError, type ErrorDetails, errorCodes } from './errors.ts';

/** One end of a connection. A host supplies it; nothing more of the host is known here. */
export interface Channel {
  /** Sends one message; silently nothing once the channel is closed. */
  send(text: string): void;
  /** At most one listener; messages that come before it is set are kept. */
  onMessage(listener: (text: string) => void): void;
  /** Each listener is called once, also where the channel is closed already. `reason` is '' where the end was asked for. */
  onClose(listener: (reason: string) => void): void;
  /** Ends it for both sides; what was sent before is still delivered where the host can. */
  close(reason?: string): void;
  /** Bytes that were sent and that the other side has not taken yet; 0 where a host cannot tell. */
  readonly backlog: number;
}

/** UTF-16 code units of a message from a client: the longest are lists of ids. */
export const maxRequestLength = 4 * 1024 * 1024;
/** Of a message to a client: the longest are trajectories. */
export const maxReplyLength = 32 * 1024 * 1024;
/** Calls and subscriptions that one connection may have open at a time. */
export const maxOpenPerConnection = 256;
/** Bytes that a client may lag behind before its connection is ended: it reads its state afresh when it comes back. */
export const maxBacklog = 64 * 1024 * 1024;

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(200));

const requestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('call'), id, name, params: v.unknown() }),
  v.strictObject({ type: v.literal('cancel'), id }),
  v.strictObject({ type: v.literal('subscribe'), id, event: name }),
  v.strictObject({ type: v.literal('unsubscribe'), id }),
]);
export type WireRequest = v.InferOutput<typeof requestSchema>;

export const wireErrorSchema = v.object({
  code: v.picklist(errorCodes),
  message: v.string(),
  details: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
});
export type WireError = v.InferOutput<typeof wireErrorSchema>;

const replySchema = v.variant('type', [
  /** Answers a call, and with null a subscribe. */
  v.object({ type: v.literal('result'), id, value: v.unknown() }),
  /** `id` is null where the message that it answers had none that could be read. */
  v.object({ type: v.literal('error'), id: v.nullable(id), error: wireErrorSchema }),
  /** `id` is the subscription's. */
  v.object({ type: v.literal('event'), id, value: v.unknown() }),
]);
export type WireReply = v.InferOutput<typeof replySchema>;

/** A message that was read, or the id that it carried as far as that could be told. */
export type WireReading<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly id: number | null; readonly reason: string };

export const readRequest = (text: string): WireReading<WireRequest> => read(requestSchema, text, maxRequestLength);
export const readReply = (text: string): WireReading<WireReply> => read(replySchema, text, maxReplyLength);

function read<T>(schema: v.GenericSchema<unknown, T>, text: string, maxLength: number): WireReading<T> {
  if (text.length > maxLength) return { ok: false, id: null, reason: `the message is longer than ${maxLength}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, id: null, reason: 'the message is not JSON' };
  }
  const result = v.safeParse(schema, value);
  if (result.success) return { ok: true, message: result.output };
  const carried = v.safeParse(v.object({ id }), value);
  return { ok: false, id: carried.success ? carried.output.id : null, reason: result.issues[0].message };
}

export function wireErrorFrom(error: AppError): WireError {
  return { code: error.code, message: error.message, details: { ...error.details } };
}

/** The error as it was thrown on the other side, but for its stack. */
export function appErrorFromWire(error: WireError): AppError {
  const details: ErrorDetails = error.details;
  return new AppError(error.code, error.message, { details });
}
