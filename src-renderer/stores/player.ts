/** The player: which recording is open, where it stands, how fast it runs. The picture itself is `lib/playback`'s. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { PlaybackPlan } from '../../src-main/contract/playback.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import { frameRounding, presentedFrame, steppedFrame } from '../lib/frame-index.ts';
import { heldRate, neighbourRate, shuttledRate } from '../lib/playback-rate.ts';
import { createEngine, type Engine, type Layer, type Loop } from '../lib/playback/engine.ts';
import { createPlanCache } from '../lib/playback/plan-cache.ts';
import { openOriginal } from '../lib/playback/original-source.ts';
import { openSegments } from '../lib/playback/segment-source.ts';
import { createSheetCache, type SheetCache } from '../lib/playback/sheet-cache.ts';
import type { SourceListener, VideoSource } from '../lib/playback/video-source.ts';
import { openingTime } from '../lib/flag-picture.ts';
import { useConnection } from './connection.ts';
import { useSettings } from './settings.ts';

export type PlayerState =
  { readonly kind: 'empty' | 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };

export interface OpenOptions {
  /** Where to stand, in seconds; the start of `loop`, else of the recording. */
  readonly at?: number | undefined;
  /** The interval to repeat. */
  readonly loop?: Loop | null | undefined;
  readonly play?: boolean | undefined;
}

/** The elements that show the picture; `components/player/PlayerPicture.vue` has them. */
export interface PlayerSurface {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
}

export const usePlayer = defineStore('player', () => {
  const connection = useConnection();
  const settings = useSettings();
  const recording = shallowRef<RecordingRow | null>(null);
  const plan = shallowRef<PlaybackPlan | null>(null);
  const frameTimes = shallowRef<Float64Array | null>(null);
  const sheets = shallowRef<SheetCache | null>(null);
  const state = shallowRef<PlayerState>({ kind: 'empty' });
  const time = ref(0);
  /** The number of the frame on screen, from 0; -1 while it is not known. */
  const frame = ref(-1);
  const playing = ref(false);
  const rate = ref(1);
  /** What is repeated, with its lead-in; null plays on. */
  const loop = shallowRef<Loop | null>(null);
  /** The flagged interval that the reviewer looks at: what there is to repeat. */
  const interval = shallowRef<Loop | null>(null);
  /** Seconds that are shown and repeated before the flagged interval. */
  const leadIn = computed(() => settings.values.leadInSeconds);
  const withLeadIn = (of: Loop | null): Loop | null =>
    of === null ? null : { start: openingTime(of, leadIn.value), end: of.end };
  watch(leadIn, () => {
    if (loop.value !== null) loop.value = withLeadIn(interval.value);
  });
  const layer = ref<Layer>('none');
  /** The picture is late: the video is fetched or made. */
  const waiting = ref(false);
  /** Address of the picture that stands until the video has one. */
  const poster = ref<string | null>(null);
  const duration = computed(() => plan.value?.seconds ?? recording.value?.video?.seconds ?? 0);

  const plans = createPlanCache(connection);
  let surface: PlayerSurface | null = null;
  let source: VideoSource | null = null;
  let engine: Engine | null = null;
  let opening: AbortController | null = null;
  /** Frames to step once the frame times are there. */
  let steps = 0;

  const fail = (error: AppError) => {
    state.value = { kind: 'error', error };
    playing.value = false;
    engine?.pause();
  };
  const sourceListener: SourceListener = { failed: fail, recovered: () => (state.value = { kind: 'ready' }) };

  const stopEngine = () => {
    engine?.close();
    source?.close();
    engine = source = null;
    layer.value = 'none';
    waiting.value = false;
    frame.value = -1;
  };

  /** Once there are both a recording and elements to show it in. */
  const startEngine = () => {
    const [row, how, tiles] = [recording.value, plan.value, sheets.value];
    if (engine !== null || surface === null || row === null || how === null || tiles === null) return;
    const { video, canvas } = surface;
    const { mediaUrl } = connection;
    source =
      how.kind === 'original'
        ? openOriginal(video, mediaUrl({ kind: 'recording', recording: row.id }), how.startTime, sourceListener)
        : openSegments(
            video,
            how,
            (number) => mediaUrl({ kind: 'segment', recording: row.id, number }),
            sourceListener,
          );
    engine = createEngine(
      {
        video,
        canvas,
        source,
        sheets: tiles,
        seconds: how.seconds,
        frameTimes: () => frameTimes.value,
        loop: () => loop.value,
      },
      {
        time: (seconds) => (time.value = seconds),
        frame: (index) => (frame.value = index),
        layer: (next) => (layer.value = next),
        waiting: (isWaiting) => (waiting.value = isWaiting),
        ended: pause,
      },
    );
    engine.seek(time.value);
    if (playing.value) engine.play(rate.value);
  };

  /** Shows `row` from `at`. The recording that is open already is only moved in. */
  async function open(row: RecordingRow, options: OpenOptions = {}): Promise<void> {
    interval.value = options.loop ?? null;
    loop.value = withLeadIn(interval.value);
    const at = options.at ?? loop.value?.start ?? 0;
    if (rate.value < 0) rate.value = 1;
    if (row.id === recording.value?.id && state.value.kind !== 'error') {
      recording.value = row;
      seek(at);
      return options.play === true ? play() : pause();
    }
    release();
    recording.value = row;
    time.value = at;
    playing.value = options.play ?? false;
    poster.value = connection.mediaUrl({
      kind: 'picture',
      recording: row.id,
      // As the queue asks for it ahead.
      milliseconds: Math.floor(at * 1000),
      width: 1280,
    });
    state.value = { kind: 'loading' };
    const own = new AbortController();
    opening = own;
    try {
      const found = await plans.plan(row.id, own.signal);
      if (own.signal.aborted) return;
      plan.value = found;
      time.value = Math.min(time.value, found.seconds);
      sheets.value = createSheetCache(found.sheets, found.seconds, (number) =>
        connection.mediaUrl({ kind: 'sheet', recording: row.id, number }),
      );
      state.value = { kind: 'ready' };
      startEngine();
      frameTimes.value = await plans.frameTimes(row.id, own.signal);
      if (own.signal.aborted) return;
      engine?.recount();
      if (steps !== 0) step(0);
    } catch (error) {
      if (!own.signal.aborted) fail(appErrorFrom(error));
    }
  }

  const release = () => {
    opening?.abort();
    stopEngine();
    sheets.value?.close();
    sheets.value = plan.value = frameTimes.value = null;
    steps = 0;
  };

  function close(): void {
    release();
    recording.value = loop.value = interval.value = poster.value = null;
    playing.value = false;
    time.value = 0;
    state.value = { kind: 'empty' };
  }

  /** After an error: the same recording at the same place. */
  async function retry(): Promise<void> {
    if (source !== null && plan.value !== null) {
      source.retry();
      engine?.seek(time.value);
    } else if (recording.value !== null) await open(recording.value, { at: time.value, loop: interval.value });
  }

  function seek(to: number): void {
    time.value = Math.max(0, Math.min(duration.value, to));
    engine?.seek(time.value);
  }

  /** To the first frame of the flagged interval; of the recording where there is none. */
  function toStart(): void {
    seek(interval.value?.start ?? 0);
  }

  /** To the last frame of the same: the one that begins at an interval's end is not in it. */
  function toEnd(): void {
    seek(
      interval.value === null ? duration.value : Math.max(interval.value.start, interval.value.end - frameRounding * 2),
    );
  }

  /** Stops, and moves by whole frames. */
  function step(frames: number): void {
    pause();
    const times = frameTimes.value;
    if (times === null) {
      steps += frames;
      return;
    }
    const target = steppedFrame(times, presentedFrame(times, time.value), frames + steps);
    steps = 0;
    if (target >= 0) seek(times[target] ?? 0);
  }

  function play(): void {
    if (recording.value === null) return;
    // A frame is at most a few hundredths of a second; the last one counts as the end.
    const isAtEnd = rate.value > 0 ? time.value >= duration.value - 0.05 : time.value <= 0;
    if (isAtEnd) seek(rate.value > 0 ? (loop.value?.start ?? 0) : (loop.value?.end ?? duration.value));
    playing.value = true;
    engine?.play(rate.value);
  }

  function pause(): void {
    playing.value = false;
    engine?.pause();
  }

  /** Space starts forwards, whatever ran before. */
  function toggle(): void {
    if (playing.value) return pause();
    if (rate.value < 0) rate.value = 1;
    play();
  }

  function setRate(to: number): void {
    rate.value = heldRate(to);
    if (playing.value) engine?.play(rate.value);
  }

  function changeRate(change: 1 | -1): void {
    setRate(neighbourRate(rate.value, change));
  }

  function shuttle(direction: 1 | -1): void {
    rate.value = shuttledRate({ playing: playing.value, rate: rate.value }, direction);
    play();
  }

  /** Stops and forgets the rate. */
  function halt(): void {
    pause();
    rate.value = 1;
  }

  /** The reviewer looks at another flag of the same recording: what is repeated goes with it. */
  function setInterval(next: Loop | null): void {
    interval.value = next;
    if (loop.value !== null) loop.value = withLeadIn(next);
  }

  function toggleLoop(): void {
    loop.value = loop.value === null ? withLeadIn(interval.value) : null;
    const active = loop.value;
    if (active !== null && (time.value < active.start || time.value >= active.end)) seek(active.start);
  }

  // What failed for want of a connection is tried again as soon as there is one.
  connection.onReady(() => {
    if (state.value.kind === 'error' && state.value.error.code === 'connection-lost') void retry();
  });

  function attach(to: PlayerSurface): void {
    surface = to;
    startEngine();
  }

  function detach(): void {
    stopEngine();
    playing.value = false;
    surface = null;
  }

  return {
    recording, plan, state, time, frame, duration, playing, rate, loop, leadIn, interval, frameTimes, sheets, layer, waiting, poster,
    open, close, retry, seek, toStart, toEnd, step, toggle, play, pause, setRate, changeRate, shuttle, halt, setInterval, toggleLoop,
    attach, detach,
  }; // prettier-ignore
});
