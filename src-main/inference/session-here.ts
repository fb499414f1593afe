/** An ONNX session in the calling thread: for programs of threads that have nothing else to do while it runs. */
import { AppError } from '../contract/errors.ts';
import type { Session, SessionOptions } from './session.ts';
import { openLocalSession } from './runtime.ts';

/** Spares what each run costs to send to another thread and back. Throws AppError `internal` with ORT's own words. */
export async function openSessionHere(
  model: string | Uint8Array,
  { provider, threads }: Pick<SessionOptions, 'provider' | 'threads'>,
): Promise<Session> {
  const session = await told(openLocalSession({ model, provider, threads }));
  return {
    provider,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (feeds) => told(session.run(feeds)),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

async function told<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    throw new AppError('internal', error instanceof Error ? error.message : String(error), { cause: error });
  }
}
