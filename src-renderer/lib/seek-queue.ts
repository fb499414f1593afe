/** Seeks of a video, always on to the latest wish: what lies between is not decoded, what cannot land is not waited for. */

export interface SeekQueue {
  /** Wishes for `time`; the time to seek to now, or null while another seek is under way that will land by itself. */
  request(time: number): number | null;
  /** The seek under way has landed; the time to seek to next, or null where that was the latest wish. */
  landed(): number | null;
  /** The latest wish, until it has landed. */
  readonly pending: number | null;
  /** What the video was last told to seek to, until it has landed. */
  readonly underWay: number | null;
}

/**
 * @param willLand Whether a seek to `time` that is under way lands if nothing else happens. One that waits for footage
 * gives way at once: what is fetched for the wish that took its place would leave it waiting for good.
 */
export function createSeekQueue(willLand: (time: number) => boolean): SeekQueue {
  let underWay: number | null = null;
  let wish: number | null = null;
  return {
    request(time) {
      wish = time;
      if (underWay !== null && willLand(underWay)) return null;
      underWay = time;
      return time;
    },
    landed() {
      if (underWay === null) return null;
      underWay = wish === underWay ? null : wish;
      if (underWay === null) wish = null;
      return underWay;
    },
    get pending() {
      return wish;
    },
    get underWay() {
      return underWay;
    },
  };
}
