/** The far end of a session's thread: opens the model it was given, runs what it is sent, ends when told. */
import { parentPort, workerData } from 'node:worker_threads';
import type { TensorData } from './graph/index.ts';
import { openLocalSession, type LocalSession } from './runtime.ts';
import type { FromThread, SessionSetup, ToThread } from './session-protocol.ts';

type Outputs = Readonly<Record<string, TensorData>>;

/**
 * What a thread makes of a run's outputs before it answers, so that what is large stays here: megabytes handed over for
 * each frame keep the near end's garbage collector busier than its own work.
 */
export type Decoder = (outputs: Outputs) => unknown;

/** Serves the near end (`session.ts`) until it closes; `decoders` by the name that a session may ask for. */
export async function serveSession(decoders: Readonly<Record<string, Decoder>> = {}): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('the program of a session is the program of a thread');
  const setup = workerData as SessionSetup;
  const decode = setup.decoder === undefined ? undefined : decoders[setup.decoder];

  const send = (message: FromThread, transferred: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, transferred);
  const sendFailure = (error: unknown, missing = false) =>
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error), missing });
  const sendResult = (outputs: Outputs) => {
    if (decode !== undefined) return send({ kind: 'done', result: decode(outputs) });
    const buffers = Object.values(outputs).map(({ data }) => data.buffer);
    return send({ kind: 'done', result: outputs }, [
      ...new Set(buffers.filter((buffer) => buffer instanceof ArrayBuffer)),
    ]);
  };

  async function open(): Promise<LocalSession | null> {
    try {
      if (setup.decoder !== undefined && decode === undefined) throw new Error(`there is no decoder ${setup.decoder}`);
      const session = await openLocalSession(setup);
      send({ kind: 'opened', inputNames: session.inputNames, outputNames: session.outputNames });
      return session;
    } catch (error) {
      sendFailure(error, /file doesn't exist|NO_SUCHFILE/i.test(String(error)));
      return null;
    }
  }

  // Messages wait in the port until there is a session; a run blocks the thread, so they are taken one at a time.
  const session = await open();
  port.on('message', async (message: ToThread) => {
    switch (message.kind) {
      case 'run':
        try {
          if (session === null) throw new Error('the session did not open');
          sendResult(await session.run(message.feeds));
        } catch (error) {
          sendFailure(error);
        }
        return;
      case 'close':
        await session?.release();
        port.close();
        return;
      default:
        message satisfies never;
    }
  });
}
