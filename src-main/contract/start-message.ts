/** What a core tells the process that started it, once: that it listens, or why it does not. */
import * as v from 'valibot';
import type { AppError } from './errors.ts';
import { appErrorFromWire, wireErrorSchema } from './wire.ts';

const startMessageSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('failed'), error: wireErrorSchema }),
]);

export type StartMessage = { readonly type: 'ready' } | { readonly type: 'failed'; readonly error: AppError };

/** Null for anything else. */
export function readStartMessage(value: unknown): StartMessage | null {
  const reading = v.safeParse(startMessageSchema, value);
  if (!reading.success) return null;
  const message = reading.output;
  return message.type === 'ready' ? message : { type: 'failed', error: appErrorFromWire(message.error) };
}
