/** Drives one open recording: seeks, playback at any rate in either direction, loops, and what is on screen meanwhile. */
import { type Drive, driveFor } from '../playback-rate.ts';
import { createExactVideo } from './exact-video.ts';
import type { SheetCache } from './sheet-cache.ts';
import type { VideoSource } from './video-source.ts';

/** What the reviewer sees: nothing of this recording's video yet, the video, or a small picture from a sheet. */
export type Layer = 'none' | 'video' | 'sheet';

export interface Loop {
  readonly start: number;
  readonly end: number;
}

export interface EngineParts {
  readonly video: HTMLVideoElement;
  /** For the small pictures. */
  readonly canvas: HTMLCanvasElement;
  readonly source: VideoSource;
  readonly sheets: SheetCache;
  readonly seconds: number;
  /** Null until they have come. */
  readonly frameTimes: () => Float64Array | null;
  readonly loop: () => Loop | null;
}

export interface EngineListener {
  /** The recording's time of what is on screen, or of what was asked for and is on its way. */
  time(seconds: number): void;
  /** A frame of the video is on screen: its place among the frame times. -1 while those have not come or a sheet is. */
  frame(index: number): void;
  layer(layer: Layer): void;
  waiting(isWaiting: boolean): void;
  /** It ran into the recording's end, or its beginning. */
  ended(): void;
}

export interface Engine {
  seek(time: number): void;
  play(rate: number): void;
  pause(): void;
  recount(): void;
  close(): void;
}

/** A seek that takes longer is bridged by a small picture. */
const bridgeAfterMs = 60;
/** Shorter stalls are not worth a word. */
const waitingAfterMs = 250;
/** After a longer pause between two pictures of the page, playback goes on from where it was. */
const longestTick = 0.25;

export function createEngine(parts: EngineParts, listener: EngineListener): Engine {
  const { video, canvas, source, sheets, seconds } = parts;
  const life = new AbortController();
  const { signal } = life;
  let drive: Drive | null = null;
  let rate = 1;
  /** Seconds of the recording: what is on screen or on its way there. */
  let position = 0;
  let layer: Layer = 'none';
  let bridge: ReturnType<typeof setTimeout> | undefined;
  let wait: ReturnType<typeof setTimeout> | undefined;

  const held = (time: number) => Math.max(0, Math.min(seconds, time));
  const say = (time: number) => {
    position = held(time);
    listener.time(position);
  };
  const show = (next: Layer) => {
    if (next === layer) return;
    layer = next;
    listener.layer(next);
    if (next === 'sheet') listener.frame(-1);
  };
  const drawSheet = () => {
    if (sheets.draw(canvas, position)) show('sheet');
  };

  const exact = createExactVideo(video, source, seconds, parts.frameTimes, (time, frame) => {
    if (drive === 'sheets') return;
    clearTimeout(bridge);
    bridge = undefined;
    show('video');
    listener.frame(frame);
    const before = position;
    say(time);
    if (drive === 'video' && leavesLoop(before, time)) exact.seek(loopEntry());
    watch();
  });

  /** Only what runs out of the loop goes back: whoever seeks past it wants to be there. */
  const leavesLoop = (before: number, now: number) => {
    const loop = parts.loop();
    if (loop === null) return false;
    return rate > 0 ? before < loop.end && now >= loop.end : before > loop.start && now <= loop.start;
  };
  const loopEntry = () => {
    const loop = parts.loop();
    return rate > 0 ? (loop?.start ?? 0) : (loop?.end ?? seconds);
  };

  /** The exact frame, and until it is there a small picture, where that is quicker. */
  const seekBridged = (time: number) => {
    say(time);
    exact.seek(position);
    sheets.want(position);
    if (layer === 'sheet') drawSheet();
    else bridge ??= setTimeout(drawSheet, bridgeAfterMs);
  };
  const stopBridging = sheets.onArrival(() => {
    if (layer === 'sheet' || (layer === 'none' && exact.isSeeking)) drawSheet();
  });

  // Backwards and very fast, the page's own clock drives. Pictures that are not there in time are left out.
  let page = 0;
  let pageMs = 0;
  let running = 0;
  const run = (nowMs: number) => {
    page = requestAnimationFrame(run);
    const elapsed = pageMs === 0 ? 0 : Math.min(longestTick, (nowMs - pageMs) / 1000);
    pageMs = nowMs;
    // What is shown is waited for, as by a video that plays: running ahead of it would be for ever ahead.
    if (drive === 'seeks' && exact.isFetching) return watch();
    const before = running;
    running = held(running + rate * elapsed);
    const isAtEnd = rate > 0 ? running >= seconds : running <= 0;
    if (leavesLoop(before, running) || (isAtEnd && parts.loop() !== null)) running = loopEntry();
    else if (isAtEnd) {
      say(running);
      return listener.ended();
    }
    if (drive === 'seeks') {
      // One after the other, so that each is seen and counted: whoever wishes on meanwhile never arrives.
      if (!exact.isSeeking) exact.seek(running);
      return;
    }
    say(running);
    sheets.want(running, rate > 0 ? 1 : -1);
    drawSheet();
  };
  const stopRunning = () => {
    cancelAnimationFrame(page);
    pageMs = 0;
  };

  const startVideo = async () => {
    video.playbackRate = rate;
    try {
      await video.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotAllowedError')) return;
      // A page may not sound before the first key or click in it; the picture plays all the same.
      video.muted = true;
      await video.play().catch(() => undefined);
    }
  };
  const onEnded = () => {
    if (drive !== 'video') return;
    if (parts.loop() === null) return listener.ended();
    exact.seek(loopEntry());
    void startVideo();
  };

  const watch = () => {
    const isStarved = video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !video.ended;
    const isWaiting =
      drive === 'video' ? isStarved : drive === 'seeks' ? exact.isFetching : drive === null && exact.isSeeking;
    if (!isWaiting) {
      clearTimeout(wait);
      wait = undefined;
      listener.waiting(false);
    } else wait ??= setTimeout(() => listener.waiting(true), waitingAfterMs);
  };
  video.addEventListener('ended', onEnded, { signal });
  for (const event of ['waiting', 'seeking', 'seeked', 'canplay', 'playing', 'loadeddata', 'pause']) {
    video.addEventListener(event, watch, { signal });
  }

  return {
    seek(time) {
      running = held(time);
      if (drive !== 'sheets') return seekBridged(time);
      say(time);
      drawSheet();
    },
    play(wanted) {
      const before = drive;
      rate = wanted;
      drive = driveFor(wanted);
      stopRunning();
      if (drive === 'video') {
        if (before === 'sheets' || before === 'seeks') exact.seek(position);
        void startVideo();
      } else {
        video.pause();
        running = position;
        page = requestAnimationFrame(run);
      }
    },
    pause() {
      const before = drive;
      drive = null;
      stopRunning();
      video.pause();
      // Sheets are coarse, and a seek may be on its way past what was just seen.
      if (before === 'sheets') seekBridged(position);
      watch();
    },
    recount: () => exact.recount(),
    close() {
      life.abort();
      stopBridging();
      stopRunning();
      clearTimeout(bridge);
      clearTimeout(wait);
      exact.close();
      video.pause();
    },
  };
}
