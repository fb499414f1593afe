/** Plays a recording from segments that are made on request: fetches around the playhead, lets go of the rest. */
import { AppError, appErrorFrom } from '../../../src-main/contract/errors.ts';
import {
  isCovered,
  nextSegment,
  segmentAt,
  type SegmentLayout,
  segmentsToDrop,
  segmentWindow,
} from '../segment-window.ts';
import { fetchMedia } from './fetch-media.ts';
import type { SourceListener, VideoSource } from './video-source.ts';

export interface SegmentPlan extends SegmentLayout {
  readonly mime: string;
  readonly seconds: number;
}

/** `urlOf` gives the address of a segment by its number. */
export function openSegments(
  video: HTMLVideoElement,
  plan: SegmentPlan,
  urlOf: (segment: number) => string,
  listener: SourceListener,
): VideoSource {
  const media = new MediaSource();
  const url = URL.createObjectURL(media);
  const life = new AbortController();
  const held = new Set<number>();
  let buffer: SourceBuffer | null = null;
  let playhead = 0;
  let underWay: { readonly segment: number; readonly fetching: AbortController } | null = null;
  /** The segment that could not be had: nothing is fetched until another one is needed, or somebody says to try again. */
  let failed: number | null = null;

  /** One segment after the other, the most urgent first, until the window is full. */
  const work = async () => {
    while (buffer !== null && underWay === null && failed === null && !life.signal.aborted) {
      const segment = nextSegment(plan, playhead, held);
      if (segment === null) return;
      underWay = { segment, fetching: new AbortController() };
      try {
        const bytes = await fetchTwice(urlOf(segment), AbortSignal.any([life.signal, underWay.fetching.signal]));
        await append(buffer, segment, bytes);
      } catch (error) {
        const reason = appErrorFrom(error);
        // A buffer that was taken away while bytes came complains in its own words.
        if (reason.code !== 'cancelled' && !life.signal.aborted) {
          failed = segment;
          listener.failed(reason);
        }
      } finally {
        underWay = null;
      }
    }
  };

  const append = async (into: SourceBuffer, segment: number, bytes: ArrayBuffer) => {
    for (const old of segmentsToDrop(plan, playhead, held)) await drop(into, old);
    into.timestampOffset = segment * plan.segmentSeconds;
    try {
      await settled(into, () => into.appendBuffer(bytes));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      // The browser holds less than we would like: only what is under the playhead stays.
      for (const old of [...held]) if (old !== segmentAt(plan, playhead)) await drop(into, old);
      await settled(into, () => into.appendBuffer(bytes));
    }
    held.add(segment);
    // Without this, the end of the last segment would be waited at for more. Any change opens the stream again.
    if (held.has(plan.segments - 1) && media.readyState === 'open') media.endOfStream();
  };

  const drop = async (from: SourceBuffer, segment: number) => {
    const start = segment * plan.segmentSeconds;
    held.delete(segment);
    await settled(from, () => from.remove(start, start + plan.segmentSeconds));
  };

  /** The buffer takes one change at a time and says when it is done. */
  const settled = (changing: SourceBuffer, change: () => void): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const done = new AbortController();
    const end = (settle: () => void) => () => (done.abort(), settle());
    const unreadable = () =>
      reject(new AppError('video-damaged', 'The browser could not read a segment of this recording.'));
    changing.addEventListener('updateend', end(resolve), { signal: done.signal });
    changing.addEventListener('error', end(unreadable), { signal: done.signal });
    life.signal.addEventListener(
      'abort',
      end(() => reject(new AppError('cancelled', 'Closed.'))),
      {
        signal: done.signal,
      },
    );
    try {
      change();
    } catch (error) {
      end(() => reject(error))();
    }
    return promise;
  };

  const moveTo = (time: number) => {
    playhead = time;
    if (failed !== null && nextSegment(plan, time, held) !== failed) {
      failed = null;
      listener.recovered();
    }
    if (underWay !== null) {
      const [first, last] = segmentWindow(plan, time);
      // What the playhead has left behind, or waits for elsewhere, is not waited for.
      const urgent = nextSegment(plan, time, held);
      const isStale = underWay.segment < first || underWay.segment > last;
      const isLessUrgent = urgent === segmentAt(plan, time) && urgent !== underWay.segment;
      if (isStale || isLessUrgent) underWay.fetching.abort();
    }
    void work();
  };

  media.addEventListener(
    'sourceopen',
    () => {
      URL.revokeObjectURL(url);
      if (buffer !== null) return;
      try {
        buffer = media.addSourceBuffer(plan.mime);
        buffer.mode = 'segments';
        media.duration = plan.seconds;
      } catch (cause) {
        listener.failed(new AppError('video-unsupported', `This browser does not play ${plan.mime}.`, { cause }));
        return;
      }
      void work();
    },
    { signal: life.signal },
  );
  video.addEventListener('timeupdate', () => moveTo(video.currentTime), { signal: life.signal });
  video.src = url;

  return {
    offset: 0,
    moveTo,
    holds: (time) => failed === null && isCovered(plan, time, held),
    retry() {
      failed = null;
      listener.recovered();
      void work();
    },
    close() {
      life.abort();
      // Closed before it was opened, it would be held by its address for good.
      URL.revokeObjectURL(url);
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** A worker that was restarted, or a file that was busy, is worth a second try; more would only hide the reason. */
async function fetchTwice(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    return await (await fetchMedia(url, signal)).arrayBuffer();
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause: error });
    return await (await fetchMedia(url, signal)).arrayBuffer();
  }
}
