/** Which packets of a clip can be copied so that exactly its frames are shown; pure. */
import type { Timeline } from './timeline.ts';

/** Packets in the order of the file, and the places `[from, to)` in `timeline.times` of the frames that they show. */
export interface Middle {
  readonly packets: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * The longest run of packets from `keyframe` on whose frames are all shown before place `to`, without a gap between them.
 * Null where frames that follow the keyframe in the file are shown before it, or the other way round: then it is no place
 * at which one stream can end and another begin.
 */
export function middleOf({ rankOf, packetOf }: Timeline, keyframe: number, to: number): Middle | null {
  const from = rankOf[keyframe] ?? -1;
  if (from < 0) return null;
  // Shown before it, but standing after it in the file.
  for (let rank = Math.max(0, from - reach); rank < from; rank++) if ((packetOf[rank] ?? 0) > keyframe) return null;
  // Shown after it, but standing before it.
  for (let rank = from + 1; rank < Math.min(packetOf.length, from + reach); rank++) {
    if ((packetOf[rank] ?? keyframe) < keyframe) return null;
  }
  let latest = from;
  let length = 0;
  for (let packet = keyframe, count = 1; packet < rankOf.length; packet++, count++) {
    const rank = rankOf[packet] ?? -1;
    if (rank < 0 || rank >= to) break;
    latest = Math.max(latest, rank);
    // As many packets as places: none is left out.
    if (latest - from + 1 === count) length = count;
  }
  return { packets: Array.from({ length }, (_, index) => keyframe + index), from, to: from + length };
}

/** Frames are moved by at most so many places between file and screen: H.264 keeps no more than 16. */
const reach = 17;
