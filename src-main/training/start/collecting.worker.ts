/** The program of a collecting thread: makes the lessons of one simulated recording after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Policy } from '../../inquiry/policy.ts';
import { decodeNano, defaultNanoWords, nanoPolicy, openNano, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { rulesPolicy } from '../../inquiry/policies/rules.ts';
import type { CollectAnswer, CollectRequest, CollectSetup } from './collectors.ts';
import { lessonsOf } from './lessons.ts';
import { simulatedTask } from './simulated-task.ts';

const port = parentPort;
if (port === null) throw new Error('the program of a thread');
const { model, options } = workerData as CollectSetup;
const net: NanoNet | null = model === null ? null : await openNano(decodeNano(model), { provider: 'cpu', threads: 1 });
const belief: Pick<Policy, 'readBelief'> =
  net === null ? rulesPolicy : nanoPolicy(net, { version: 'start', choose: 'greedy' });
const words = net?.words ?? defaultNanoWords;

port.on('message', async (request: CollectRequest) => {
  if (request === 'close') {
    await net?.[Symbol.asyncDispose]();
    port.close();
    return;
  }
  let answer: CollectAnswer;
  try {
    const task = simulatedTask(request.seed, options.recordings);
    const lessons = await lessonsOf(task, belief, words, { rollouts: options.rollouts, seed: request.seed });
    answer = { seed: request.seed, lessons };
  } catch (error) {
    answer = { seed: request.seed, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port.postMessage(answer);
});
