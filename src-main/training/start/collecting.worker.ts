/** The program of a collecting thread: rolls out one simulated recording after the other, and says what that teaches. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSessionHere } from '../../inference/session-here.ts';
import type { Policy } from '../../inquiry/policy.ts';
import { decodeNano, defaultNanoWords, nanoPolicy, openNano, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { rulesPolicy } from '../../inquiry/policies/rules.ts';
import { chosenOf, randomFrom } from '../../math/random.ts';
import { gatheredOf, type Gathered } from '../rounds/gather.ts';
import type { RoundSettings } from '../rounds/settings.ts';
import type { CollectAnswer, CollectRequest, CollectSetup } from './collectors.ts';
import { lessonsOf, type Lessons } from './lessons.ts';
import { simulatedTask } from './simulated-task.ts';

const port = parentPort;
if (port === null) throw new Error('the program of a thread');
const { model, work, recordings } = workerData as CollectSetup;
// This thread has nothing else to do while the net runs.
const net: NanoNet | null =
  model === null ? null : await openNano(decodeNano(model), { provider: 'cpu', threads: 1 }, openSessionHere);
const belief: Pick<Policy, 'readBelief' | 'forEpisode'> =
  net === null ? rulesPolicy : nanoPolicy(net, { version: 'start', choose: 'greedy' });
const words = net?.words ?? defaultNanoWords;

async function resultOf(seed: string): Promise<Lessons | Gathered> {
  const task = simulatedTask(seed, recordings);
  if (work.kind === 'lessons') return lessonsOf(task, belief, words, { ...work, seed });
  if (net === null) throw new Error('a round is rolled out by a net');
  return fewer(await gatheredOf({ ...task, id: seed }, net, work), seed, work.settings);
}

/** Without most of the beliefs that a round would not choose: those of thousands of recordings do not fit into memory. */
function fewer(gathered: Gathered, seed: string, { beliefsPerPair }: RoundSettings): Gathered {
  const most = beliefsPerPair * (gathered.pairs.length + 1);
  return { ...gathered, beliefs: chosenOf(gathered.beliefs, most, randomFrom(`${seed}/fewer`)) };
}

async function answerTo(request: CollectRequest): Promise<void> {
  if (request === 'close') {
    await net?.[Symbol.asyncDispose]();
    port?.close();
    return;
  }
  let answer: CollectAnswer;
  try {
    answer = { seed: request.seed, result: await resultOf(request.seed) };
  } catch (error) {
    answer = { seed: request.seed, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port?.postMessage(answer);
}

// One after the other: a recording has pauses, and closed in one of them the net would be gone under it.
let before = Promise.resolve();
port.on('message', (request: CollectRequest) => {
  before = before.then(() => answerTo(request));
});
