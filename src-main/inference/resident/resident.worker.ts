/** The program of a resident session's thread: several models, and the tensors that stay here between their runs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { TensorData } from '../graph/index.ts';
import { openLocalSession, type LocalSession } from '../runtime.ts';
import type { Answer, Request, ResidentSetup, RunRequest, Tensors } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('resident.worker.ts is the program of a thread');

const setup = workerData as ResidentSetup;
const sessions = new Map<string, LocalSession>();
const tensors = new Map<string, TensorData>();

function heldTensor(name: string): TensorData {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor '${name}' is held`);
  return tensor;
}

async function run({ model, feeds, held, kept }: RunRequest): Promise<Tensors> {
  const session = sessions.get(model);
  if (session === undefined) throw new Error(`no model '${model}' is open`);
  const fromHere = Object.entries(held).map(([input, name]) => [input, heldTensor(name)]);
  const outputs = await session.run({ ...feeds, ...Object.fromEntries(fromHere) });
  for (const output of Object.keys(kept)) {
    if (outputs[output] === undefined) throw new Error(`the model '${model}' gives no output '${output}'`);
  }
  return Object.fromEntries(
    Object.entries(outputs).filter(([output, tensor]) => {
      const name = kept[output];
      if (name !== undefined) tensors.set(name, tensor);
      return name === undefined;
    }),
  );
}

async function answerTo(request: Request): Promise<Tensors> {
  switch (request.kind) {
    case 'run':
      return run(request);
    case 'open':
      sessions.set(request.name, await openLocalSession({ ...setup, model: request.model }));
      return {};
    case 'hold':
      for (const [name, tensor] of Object.entries(request.tensors)) tensors.set(name, tensor);
      return {};
    case 'read':
      return Object.fromEntries(request.names.map((name) => [name, heldTensor(name)]));
    case 'close':
      for (const session of sessions.values()) await session.release();
      port?.close();
      return {};
    default:
      return request satisfies never;
  }
}

// A run blocks the thread, so requests are taken one at a time.
let before = Promise.resolve();
port.on('message', (request: Request) => {
  before = before
    .then(() => answerTo(request))
    .then((answer) => port.postMessage({ tensors: answer } satisfies Answer))
    .catch((error: unknown) => {
      port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Answer);
    });
});
