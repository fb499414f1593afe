/** How a picture that follows another one is kept in step with it. Pure. */

/** Seconds that a follower may be off before anything is done: less than two frames. */
const tolerance = 0.06;
/** Further off, it jumps; nearer, it runs a little faster or slower until it is there, which nobody sees. */
const farthestTrim = 0.6;
/** Share of the rate that a correction may take at most. */
const mostTrim = 0.15;

export type FollowStep =
  { readonly kind: 'stay' } | { readonly kind: 'trim'; readonly factor: number } | { readonly kind: 'seek' };

/**
 * What brings a follower at `time` to where the leader is, `target`, both seconds of the follower's recording. `rate` is
 * the common one; a picture that stands is only ever sought.
 */
export function followStep(time: number, target: number, rate: number, isPlaying: boolean): FollowStep {
  const off = target - time;
  // At higher rates the same moment of a busy machine is more of the footage.
  const scale = Math.max(1, Math.abs(rate));
  if (!isPlaying) return Math.abs(off) > 1e-3 ? { kind: 'seek' } : { kind: 'stay' };
  if (Math.abs(off) <= tolerance * scale) return { kind: 'stay' };
  // Only video that runs forwards has a rate to trim; everything else is sought anyway.
  if (rate <= 0 || rate > 4 || Math.abs(off) > farthestTrim * scale) return { kind: 'seek' };
  return { kind: 'trim', factor: 1 + Math.max(-mostTrim, Math.min(mostTrim, off / scale)) };
}
