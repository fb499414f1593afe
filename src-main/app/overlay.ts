/** What was seen along a stretch of a recording, from the frames that looks left in the cache. */
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { Overlay } from '../contract/overlay.ts';
import type { Interval } from '../math/interval.ts';
import { decodeFrames, type FrameObservation, overlayOf, perceptionKey } from '../perception/index.ts';
import type { Store } from '../store/index.ts';

/** Longer stretches would take the core's time from everything else. */
const mostSeconds = 300;

/** Errors: `not-found` where there is no such recording, `invalid-argument` for a stretch that is too long. */
export async function overlayFor(
  { recordings, frameCache, blobs }: Pick<Store, 'recordings' | 'frameCache' | 'blobs'>,
  recording: string,
  { start, end }: Interval,
  models: string,
  atMs: number,
): Promise<Overlay> {
  if (recordings.get(recording) === undefined) throw new AppError('not-found', `There is no recording ${recording}.`);
  if (end - start > mostSeconds) {
    throw new AppError('invalid-argument', `An overlay covers at most ${mostSeconds} s, not ${end - start}.`);
  }
  const cached = frameCache.between(recording, perceptionKey(models), start * 1000, end * 1000, atMs);
  const frames: FrameObservation[] = [];
  for (const blob of new Set(cached.map((frame) => frame.blob))) {
    const read = await orLost(async () => decodeFrames(await blobs.read(blob)));
    frames.push(...read.filter(({ time }) => time >= start && time < end));
  }
  return { frames: overlayOf(frames) };
}

/** No frames where the cache has lost them. */
async function orLost(read: () => Promise<readonly FrameObservation[]>): Promise<readonly FrameObservation[]> {
  try {
    return await read();
  } catch (error) {
    const { code } = appErrorFrom(error);
    if (code === 'not-found' || code === 'integrity-mismatch') return [];
    throw error;
  }
}
