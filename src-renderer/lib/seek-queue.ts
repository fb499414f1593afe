/** One seek at a time, always on to the latest wish: what lies between is never decoded. */

export interface SeekQueue {
  /** Wishes for `time`; the time to seek to now, or null while another seek is under way. */
  request(time: number): number | null;
  /** The seek under way has landed; the time to seek to next, or null where that was the latest wish. */
  landed(): number | null;
  /** The latest wish, until it has landed. */
  readonly pending: number | null;
  /** Forgets everything: the video was taken away. */
  clear(): void;
}

export function createSeekQueue(): SeekQueue {
  let underWay: number | null = null;
  let wish: number | null = null;
  return {
    request(time) {
      wish = time;
      if (underWay !== null) return null;
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
    clear() {
      underWay = null;
      wish = null;
    },
  };
}
