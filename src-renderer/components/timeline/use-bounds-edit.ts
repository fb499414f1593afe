/** Moves the bounds of a flag, by frames and within its recording, and shows the frame at the bound that moves. */
import type { Flag } from '../../../src-main/contract/flag.ts';
import { frameAt, presentedFrame } from '../../lib/frame-index.ts';
import { usePlayer } from '../../stores/player.ts';
import { useReview } from '../../stores/review.ts';

export type Bound = 'start' | 'end';

/** Seconds of a frame where the frames of a recording are not known yet. */
const usualFrame = 1 / 25;

export function useBoundsEdit() {
  const player = usePlayer();
  const review = useReview();

  /** The time of the frame at `time`; the end of a recording is no frame's time, and an end may stand there. */
  function snapped(time: number): number {
    const times = player.frameTimes;
    if (times === null || times.length === 0 || time >= player.duration) return Math.min(time, player.duration);
    return times[presentedFrame(times, time)] ?? time;
  }

  /** The time `frames` away from `time`. */
  function stepped(time: number, frames: number): number {
    const times = player.frameTimes;
    if (times === null || times.length === 0) return time + frames * usualFrame;
    const index = presentedFrame(times, time) + frames;
    // One step back from the recording's end leads to its last frame.
    if (frames < 0 && time >= player.duration) return times.at(-1) ?? time;
    return index >= times.length ? player.duration : (times[Math.max(0, index)] ?? 0);
  }

  /** The shortest interval: one frame. */
  function held(flag: Flag, bound: Bound, time: number) {
    const { start, end } = review.detailsFor(flag);
    const within = Math.max(0, Math.min(player.duration, time));
    return bound === 'start'
      ? { start: Math.min(within, Math.max(0, stepped(end, -1))), end }
      : { start, end: Math.max(within, Math.min(player.duration, stepped(start, 1))) };
  }

  return {
    /** To the frame at `time`, which is shown. */
    set(flag: Flag, bound: Bound, time: number): void {
      const bounds = held(flag, bound, snapped(time));
      review.moveBounds(flag, bounds);
      player.seek(bounds[bound]);
    },
    /** To where the player stands. */
    setHere(flag: Flag, bound: Bound): void {
      review.moveBounds(flag, held(flag, bound, snapped(player.time)));
    },
    nudge(flag: Flag, bound: Bound, frames: number): void {
      const bounds = held(flag, bound, stepped(review.detailsFor(flag)[bound], frames));
      review.moveBounds(flag, bounds);
      player.pause();
      player.seek(bounds[bound]);
    },
    frameOf: (time: number): number => (player.frameTimes === null ? -1 : frameAt(player.frameTimes, time)),
  };
}
