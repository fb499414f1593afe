/** A video element that is sought frame by frame and says which frame it really shows. */
import { middleOfFrame, presentedFrame } from '../frame-index.ts';
import { createSeekQueue } from '../seek-queue.ts';
import type { VideoSource } from './video-source.ts';

export interface ExactVideo {
  /** Shows the frame of `time`; of wishes that come faster than frames, the latest. */
  seek(time: number): void;
  readonly isSeeking: boolean;
  /** The seek under way waits for footage that is fetched or made. */
  readonly isFetching: boolean;
  /** The frame times have come: the frame on screen gets its number. */
  recount(): void;
  close(): void;
}

/** A hidden page is never told of frames: after this long, the one that was asked for is taken to be there. */
const unseenAfterMs = 120;

/**
 * `shown` is called with the time of each frame that comes on screen, unless another one is asked for already, and its
 * place among the frame times (-1 while those have not come).
 */
export function createExactVideo(
  video: HTMLVideoElement,
  source: VideoSource,
  seconds: number,
  frameTimes: () => Float64Array | null,
  shown: (time: number, frame: number) => void,
): ExactVideo {
  const life = new AbortController();
  const { signal } = life;
  /** Before it knows the recording, an element takes a wish without ever saying that it came true. */
  const isOpen = () => video.readyState >= HTMLMediaElement.HAVE_METADATA;
  const seeks = createSeekQueue((time) => isOpen() && source.holds(standing(time)));
  /** The element's clock at the frame on screen; null where that frame is of before the seek under way. */
  let presented: number | null = null;
  let unseen: ReturnType<typeof setTimeout> | undefined;
  let callback = 0;

  /** Where the element stands for `time`, in the middle of its frame: an edge may belong to the neighbour, once rounded. */
  function standing(time: number): number {
    const times = frameTimes();
    if (times === null || times.length === 0) return time;
    return middleOfFrame(times, presentedFrame(times, time), seconds);
  }

  // The source follows what the element waits for, never a wish that has to wait: else neither would come.
  const issue = (time: number) => {
    const exact = standing(time);
    presented = null;
    clearTimeout(unseen);
    source.moveTo(exact);
    if (isOpen()) video.currentTime = exact + source.offset;
  };

  const say = (mediaTime: number) => {
    const times = frameTimes();
    const time = Math.max(0, mediaTime - source.offset);
    const frame = times === null ? -1 : presentedFrame(times, time);
    shown(times?.[frame] ?? time, frame);
  };

  const onFrame: VideoFrameRequestCallback = (_, { mediaTime }) => {
    callback = video.requestVideoFrameCallback(onFrame);
    presented = mediaTime;
    if (seeks.pending !== null) return;
    clearTimeout(unseen);
    say(mediaTime);
  };
  callback = video.requestVideoFrameCallback(onFrame);

  const isThere = () => {
    const times = frameTimes();
    if (presented === null) return false;
    if (times === null) return Math.abs(presented - video.currentTime) < 0.5;
    return (
      presentedFrame(times, presented - source.offset) === presentedFrame(times, video.currentTime - source.offset)
    );
  };

  const onSeeked = () => {
    // Of a seek that gave way to the one under way, the word may come late.
    if (seeks.pending === null || video.seeking) return;
    const next = seeks.landed();
    if (next !== null) return issue(next);
    if (isThere() && presented !== null) return say(presented);
    unseen = setTimeout(() => say(video.currentTime), unseenAfterMs);
  };
  const onMetadata = () => {
    if (seeks.pending !== null) issue(seeks.pending);
  };
  video.addEventListener('seeked', onSeeked, { signal });
  video.addEventListener('loadedmetadata', onMetadata, { signal });

  return {
    seek(time) {
      const now = seeks.request(time);
      if (now !== null) issue(now);
    },
    get isSeeking() {
      return seeks.pending !== null;
    },
    get isFetching() {
      return seeks.underWay !== null && !source.holds(standing(seeks.underWay));
    },
    recount() {
      if (presented !== null && seeks.pending === null) say(presented);
    },
    close() {
      life.abort();
      clearTimeout(unseen);
      video.cancelVideoFrameCallback(callback);
    },
  };
}
