/** The program of a session's thread: opens the model it was given, runs what it is sent, ends when told. */
import { parentPort, workerData } from 'node:worker_threads';
import { openLocalSession, type LocalSession } from './runtime.ts';
import type { FromThread, SessionSetup, ToThread } from './session-protocol.ts';

const port = parentPort;
if (port === null) throw new Error('session.worker.ts is the program of a thread');

const send = (message: FromThread) => {
  const buffers = message.kind === 'done' ? Object.values(message.outputs).map(({ data }) => data.buffer) : [];
  port.postMessage(
    message,
    [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer),
  );
};
const sendFailure = (error: unknown, missing = false) =>
  send({ kind: 'failed', message: error instanceof Error ? error.message : String(error), missing });

async function open(setup: SessionSetup): Promise<LocalSession | null> {
  try {
    const session = await openLocalSession(setup);
    send({ kind: 'opened', inputNames: session.inputNames, outputNames: session.outputNames });
    return session;
  } catch (error) {
    sendFailure(error, /file doesn't exist|NO_SUCHFILE/i.test(String(error)));
    return null;
  }
}

// Messages wait in the port until there is a session; a run blocks the thread, so they are taken one at a time.
const session = await open(workerData as SessionSetup);
port.on('message', async (message: ToThread) => {
  switch (message.kind) {
    case 'run':
      try {
        if (session === null) throw new Error('the session did not open');
        send({ kind: 'done', outputs: await session.run(message.feeds) });
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
