/** One episode: the policy asks for frames, and perception answers from the cache or by decoding. */
import { readFile } from 'node:fs/promises';
import { perceptionWatcher, runEpisode } from '../../inquiry/index.ts';
import {
  decodeNormality,
  type FrameObservation,
  type NormalityHere,
  observeFrames,
  perceptionKey,
  readTriage,
  zoneMask,
} from '../../perception/index.ts';
import { readFrames, writeFrames } from '../frame-blobs.ts';
import { openPolicy } from '../open-policy.ts';
import type { TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

export const inquire: TaskFunction<'inquire'> = async (params, context) => {
  const { recording, episode, budget, seed } = params;
  const { resources, signal, progress } = context;
  const { seconds, activity, frameTimes } = readTriage(await readFile(context.blobPath(params.triage)));
  const cache = await readFrames(params.cached, context);
  const made: FrameObservation[] = [];
  const path = context.recordingPath(recording);
  const policy = await openPolicy(params.policy, context);
  let source = '';

  const watcher = perceptionWatcher({
    seconds,
    activity,
    here: await normalityHere(params.normality, context),
    zones: zoneMask(params.zones),
    async observe(times, aborted) {
      if (source === '') source = perceptionKey(params.nets.modelsId);
      return observeFrames({
        ...{ cache, times, frameTimes },
        // Opened at the first frame that is not cached: a second look costs neither a decoder nor a net.
        reader: () => resources.reader(recording, path, signal),
        nets: async () => {
          const nets = await resources.nets(params.nets);
          source = perceptionKey(nets.id);
          return nets;
        },
        ...(aborted !== undefined && { signal: aborted }),
        onMade: (frame) => {
          made.push(frame);
          progress(made.length, budget.frames);
        },
      });
    },
  });
  const result = await runEpisode({
    ...{ policy, watcher, episode, budget, seed, signal },
    ...{ question: params.question, thresholds: params.thresholds },
    source: () => ({ recording, perception: source || null, normality: params.normality?.snapshot ?? null }),
    clockMs: () => performance.now(),
  });

  const trajectory = await context.putBlob(new TextEncoder().encode(JSON.stringify(result.trajectory)));
  return {
    trajectory,
    frames: await writeFrames(made, context),
    flags: result.flags,
    framesObserved: result.framesObserved,
    framesMade: made.length,
    provider: made.length === 0 ? '' : params.nets.provider,
  };
};

/** What is usual for the camera; a snapshot that is gone or of another version counts as nothing known. */
async function normalityHere(
  given: TaskParams<'inquire'>['normality'],
  context: TaskContext,
): Promise<NormalityHere | null> {
  if (given === null) return null;
  const bytes = await readFile(context.blobPath(given.snapshot));
  return { normality: decodeNormality(bytes), hour: given.hour };
}
