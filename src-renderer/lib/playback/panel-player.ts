/** One of several pictures that play beside each other: a recording in elements of its own, told where to stand. */
import { type AppError, appErrorFrom } from '../../../src-main/contract/errors.ts';
import type { MediaTarget } from '../../../src-main/contract/media.ts';
import { presentedFrame, steppedFrame } from '../frame-index.ts';
import { createEngine, type Engine } from './engine.ts';
import { openOriginal } from './original-source.ts';
import type { createPlanCache } from './plan-cache.ts';
import { openSegments } from './segment-source.ts';
import { createSheetCache, type SheetCache } from './sheet-cache.ts';
import type { VideoSource } from './video-source.ts';

export interface PanelListener {
  /** Seconds of the recording that is on screen or on its way there. */
  time(seconds: number): void;
  layer(layer: 'none' | 'video' | 'sheet'): void;
  ended(): void;
  /** Null: it goes on. */
  failed(error: AppError | null): void;
}

export interface PanelPlayer {
  /** Shows `recording` from `at`; null shows nothing. The one that is open stays. */
  open(recording: string | null, at: number): void;
  seek(time: number): void;
  play(rate: number): void;
  pause(): void;
  /** Runs faster or slower than asked for by `factor`, to come into step with another picture. */
  trim(factor: number): void;
  /** The time of the frame `frames` away; null while the frames are not known. */
  stepped(frames: number): number | null;
  readonly time: number;
  close(): void;
}

export interface PanelParts {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  readonly plans: ReturnType<typeof createPlanCache>;
  readonly mediaUrl: (target: MediaTarget) => string;
}

export function createPanelPlayer(
  { video, canvas, plans, mediaUrl }: PanelParts,
  listener: PanelListener,
): PanelPlayer {
  let opened: string | null = null;
  let opening: AbortController | null = null;
  let engine: Engine | null = null;
  let source: VideoSource | null = null;
  let sheets: SheetCache | null = null;
  let frameTimes: Float64Array | null = null;
  let position = 0;
  /** Null stands still. */
  let running: number | null = null;

  const release = () => {
    opening?.abort();
    engine?.close();
    source?.close();
    sheets?.close();
    engine = source = sheets = null;
    frameTimes = null;
    listener.layer('none');
  };

  async function start(recording: string, own: AbortController): Promise<void> {
    const plan = await plans.plan(recording, own.signal);
    if (own.signal.aborted) return;
    sheets = createSheetCache(plan.sheets, plan.seconds, (number) => mediaUrl({ kind: 'sheet', recording, number }));
    const sourceListener = { failed: listener.failed, recovered: () => listener.failed(null) };
    source =
      plan.kind === 'original'
        ? openOriginal(video, mediaUrl({ kind: 'recording', recording }), plan.startTime, sourceListener)
        : openSegments(video, plan, (number) => mediaUrl({ kind: 'segment', recording, number }), sourceListener);
    engine = createEngine(
      { video, canvas, source, sheets, seconds: plan.seconds, frameTimes: () => frameTimes, loop: () => null },
      {
        time(seconds) {
          position = seconds;
          listener.time(seconds);
        },
        frame: () => undefined,
        layer: listener.layer,
        waiting: () => undefined,
        ended: listener.ended,
      },
    );
    engine.seek(position);
    if (running !== null) engine.play(running);
    frameTimes = await plans.frameTimes(recording, own.signal);
    if (!own.signal.aborted) engine?.recount();
  }

  return {
    open(recording, at) {
      if (recording === opened) return;
      release();
      opened = recording;
      position = at;
      listener.failed(null);
      if (recording === null) return;
      const own = new AbortController();
      opening = own;
      start(recording, own).catch((error: unknown) => {
        if (!own.signal.aborted) listener.failed(appErrorFrom(error));
      });
    },
    seek(time) {
      position = time;
      engine?.seek(time);
    },
    play(rate) {
      running = rate;
      engine?.play(rate);
    },
    pause() {
      running = null;
      engine?.pause();
    },
    trim(factor) {
      if (running !== null && running > 0) video.playbackRate = Math.max(0.0625, Math.min(16, running * factor));
    },
    stepped(frames) {
      if (frameTimes === null) return null;
      return frameTimes[steppedFrame(frameTimes, presentedFrame(frameTimes, position), frames)] ?? null;
    },
    get time() {
      return position;
    },
    close: release,
  };
}
