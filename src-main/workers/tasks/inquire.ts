/** One episode: the policy asks for frames, and perception answers from the cache or by decoding. */
import { readFile } from 'node:fs/promises';
import { policyNamed, runEpisode, type Watcher } from '../../inquiry/index.ts';
import {
  decodeFrames,
  encodeFrames,
  type FrameObservation,
  observeFrames,
  perceptionKey,
  readTriage,
} from '../../perception/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

export const inquire: TaskFunction<'inquire'> = async (params, context) => {
  const { recording, episode, budget, seed } = params;
  const { resources, signal, progress } = context;
  const { seconds, activity, frameTimes } = readTriage(await readFile(context.blobPath(params.triage)));
  const cache = await cachedFrames(params.cached, context);
  const made: FrameObservation[] = [];
  const path = context.recordingPath(recording);
  const policy = policyNamed(params.policy);
  let source = '';

  const watcher: Watcher = {
    seconds,
    activity,
    async observe(times, aborted) {
      // Opened at the first look: a policy that takes none costs neither a decoder nor a net.
      const reader = await resources.reader(recording, path, signal);
      const nets = await resources.nets(params.nets);
      source = perceptionKey(nets.id);
      return observeFrames({
        ...{ reader, nets, cache, times, frameTimes },
        ...(aborted !== undefined && { signal: aborted }),
        onMade: (frame) => {
          made.push(frame);
          progress(made.length, budget.frames);
        },
      });
    },
  };
  const result = await runEpisode({
    ...{ policy, watcher, episode, budget, seed, signal },
    source: () => ({ recording, perception: source || null }),
    clockMs: () => performance.now(),
  });

  const trajectory = await context.putBlob(new TextEncoder().encode(JSON.stringify(result.trajectory)));
  return {
    trajectory,
    frames: await storedFrames(made, context),
    flags: result.flags,
    framesObserved: result.framesObserved,
    framesMade: made.length,
    provider: made.length === 0 ? '' : params.nets.provider,
  };
};

async function cachedFrames(blobs: readonly string[], context: TaskContext): Promise<Map<number, FrameObservation>> {
  const cache = new Map<number, FrameObservation>();
  for (const blob of blobs) {
    const frames = await readFile(context.blobPath(blob)).then(decodeFrames).catch(lostFrames);
    for (const frame of frames) cache.set(frame.time, frame);
  }
  return cache;
}

/** A cache may lose what it holds: frames of a blob that is gone or damaged are looked at again. */
function lostFrames(error: unknown): readonly FrameObservation[] {
  const isGone =
    error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'integrity-mismatch');
  if (isGone) return [];
  throw error;
}

async function storedFrames(made: readonly FrameObservation[], context: TaskContext) {
  if (made.length === 0) return null;
  const frames = made.toSorted((a, b) => a.time - b.time);
  const bytes = encodeFrames(frames);
  return { blob: await context.putBlob(bytes), bytes: bytes.length, times: frames.map((frame) => frame.time) };
}
