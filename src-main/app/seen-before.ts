/** What was seen of a recording before: its triage, and the frames that are cached. */
import { appErrorFrom } from '../contract/errors.ts';
import type { Interval } from '../math/interval.ts';
import { readTriage, triageVersion } from '../perception/index.ts';
import type { Store } from '../store/index.ts';
import type { TaskResult } from '../workers/index.ts';

/** What the triage of a recording is stored under. */
export const triageKey = `triage ${triageVersion}`;

/** Hash of the recording's triage, if it was made and can be read; one that is gone or damaged is made again. */
export async function storedTriage(store: Pick<Store, 'triage' | 'blobs'>, recording: string): Promise<string | null> {
  const hash = store.triage.get(recording, triageKey);
  if (hash === undefined) return null;
  try {
    readTriage(await store.blobs.read(hash));
    return hash;
  } catch (error) {
    const { code } = appErrorFrom(error);
    if (code !== 'not-found' && code !== 'integrity-mismatch') throw error;
    await store.blobs.remove(hash);
    return null;
  }
}

/** The blobs that hold what was seen of `episode` under the perception `key`. */
export function cachedBlobs(
  store: Pick<Store, 'frameCache'>,
  recording: string,
  key: string,
  episode: Interval,
  atMs: number,
): string[] {
  const frames = store.frameCache.between(recording, key, episode.start * 1000, episode.end * 1000, atMs);
  return [...new Set(frames.map((frame) => frame.blob))];
}

/** The whole blob as the place of each of its frames: a blob is read at once, and holds one episode's frames. */
export function cacheEntry({ blob, bytes, times }: NonNullable<TaskResult<'inquire'>['frames']>) {
  const frames = times.map((time) => ({ timeMs: Math.round(time * 1000), offset: 0, length: bytes }));
  return { hash: blob, bytes, frames };
}
