/** The wanted frames as pictures, each one once, with stand-ins for those that cannot be decoded. */
import { decodeRanks, type Playback } from './decode-run.ts';
import { rescueFrame } from './rescue.ts';
import type { FrameScaler } from './scaler.ts';
import type { FrameImage } from './types.ts';

/** What is given for a frame that the decoder does not give: the frame on screen then, or nothing. */
export type Missing = 'nearest' | 'skip';

/**
 * Pictures of the frames at `ranks` (ascending places in `timeline.times`), ascending and distinct.
 * Errors: `cancelled`, `video-damaged` where a frame cannot be converted, and those of opening.
 */
export async function* imagesAt(
  playback: Playback,
  scaler: FrameScaler,
  ranks: readonly number[],
  missing: Missing,
  threads: number,
): AsyncGenerator<FrameImage> {
  const { scan, source, signal } = playback;
  const timeOf = (rank: number) => scan.timeline.times[rank] ?? 0;
  let given = -1;
  let settledUntil = -1;
  const standIn = async (rank: number): Promise<FrameImage | null> => {
    if (missing === 'skip' || rank < settledUntil) return null;
    const rescue = await rescueFrame(source.path, scan, rank, threads, signal);
    if (rescue === null) return null;
    using frame = rescue.frame;
    settledUntil = rescue.until;
    return rescue.rank > given ? scaler.image(frame, timeOf((given = rescue.rank))) : null;
  };

  let next = 0;
  for await (const { rank, frame } of decodeRanks(playback, ranks)) {
    for (let due = ranks[next]; due !== undefined && due < rank; due = ranks[++next]) {
      const image = await standIn(due);
      if (image !== null) yield image;
    }
    if (ranks[next] === rank) {
      next++;
      if (rank > given) yield scaler.image(frame, timeOf((given = rank)));
    }
  }
  for (; next < ranks.length; next++) {
    const image = await standIn(ranks[next] ?? 0);
    if (image !== null) yield image;
  }
}
