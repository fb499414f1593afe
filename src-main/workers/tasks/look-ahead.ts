/** Looks at frames that rollouts of training will ask for, so that training itself decodes nothing. */
import { type Interval, intervalLength } from '../../math/interval.ts';
import { ticksPerSecond, type Policy, runEpisode } from '../../inquiry/index.ts';
import { nanoPolicy } from '../../inquiry/policies/nano/index.ts';
import { type FrameObservation, frameTimeAt, observeFrames } from '../../perception/index.ts';
import { cachedWatcher } from '../../training/verdicts/cached-watcher.ts';
import { writeFrames } from '../frame-blobs.ts';
import { openPolicy } from '../open-policy.ts';
import type { TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';
import { openEpisode } from '../training/episode-again.ts';

/** Rollouts after the greedy one, as long as they ask for frames that are not there. Ours. */
const mostRollouts = 6;
/** Share of the new frames that spans may take, so that what a reviewer spoke of can be seen by those who look there. Ours. */
const spanShare = 1 / 3;

export const lookAhead: TaskFunction<'look-ahead'> = async (params, context) => {
  const { recording, episode, budget, question, mostFrames, seed } = params;
  const { resources, signal, progress } = context;
  const open = await openEpisode(params, context);
  const { frameTimes } = open.source;
  const path = context.recordingPath(recording);
  const made: FrameObservation[] = [];

  async function look(times: readonly number[], most: number): Promise<void> {
    const asked = [...new Set(times.map((time) => frameTimeAt(frameTimes, time)))];
    const missing = asked.filter((time) => !open.frames.has(time)).slice(0, Math.max(0, most));
    if (missing.length === 0) return;
    await observeFrames({
      ...{ cache: open.frames, times: missing, frameTimes, signal },
      reader: () => resources.reader(recording, path, signal),
      nets: () => resources.nets(params.nets),
      onMade: (frame) => {
        made.push(frame);
        progress(made.length, mostFrames);
      },
    });
  }
  await look(timesWithin(params.spans, Math.floor(spanShare * mostFrames)), Math.floor(spanShare * mostFrames));

  const watcher = {
    ...cachedWatcher({ ...open.source, frames: open.frames }),
    async observe(times: readonly number[], level: number) {
      await look(times, mostFrames - made.length);
      return cachedWatcher({ ...open.source, frames: open.frames }).observe(times, level);
    },
  };
  const policies = await policiesFor(params.policy, context);
  for (let number = 0; number <= mostRollouts && made.length < mostFrames; number++) {
    progress(made.length, mostFrames);
    const policy = number === 0 ? policies.greedy : policies.drawn;
    await runEpisode({ policy, watcher, episode, budget, question, seed: `${seed}/ahead/${number}`, signal });
  }
  return { frames: await writeFrames(made, context) };
};

async function policiesFor(
  choice: TaskParams<'look-ahead'>['policy'],
  context: TaskContext,
): Promise<{ readonly greedy: Policy; readonly drawn: Policy }> {
  const greedy = await openPolicy(choice, context);
  if (choice.weights === null) return { greedy, drawn: greedy };
  const net = await context.resources.nano(choice.weights, context.blobPath(choice.weights));
  return { greedy, drawn: nanoPolicy(net, { version: choice.version, choose: 'sample' }) };
}

/** At most `most` instants of the time grid, evenly over all spans together, and no nearer than that grid. */
function timesWithin(spans: readonly Interval[], most: number): number[] {
  const length = spans.reduce((sum, span) => sum + intervalLength(span), 0);
  if (length === 0 || most === 0) return [];
  const step = Math.max(1 / ticksPerSecond, Math.ceil((length / most) * ticksPerSecond) / ticksPerSecond);
  return spans.flatMap(({ start, end }) => {
    const first = Math.ceil(start * ticksPerSecond) / ticksPerSecond;
    return Array.from({ length: Math.max(1, Math.ceil((end - first) / step)) }, (_, index) => first + index * step);
  });
}
