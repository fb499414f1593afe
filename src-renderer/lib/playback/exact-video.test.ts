import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isCovered, nextSegment, segmentsToDrop } from '../segment-window.ts';
import { createExactVideo } from './exact-video.ts';

const layout = { segmentSeconds: 4, segments: 30 };
const seconds = 120;
const times = Float64Array.from({ length: 3000 }, (_, frame) => frame / 25);

beforeAll(() => vi.stubGlobal('HTMLMediaElement', { HAVE_METADATA: 1 }));
afterAll(() => vi.unstubAllGlobals());

/** An element that lands only where its footage is, tells so later, and never of a seek that another one took over from. */
class FakeVideo extends EventTarget {
  readyState = 0;
  seeking = false;
  private target = 0;
  private untold = 0;
  private onFrame: VideoFrameRequestCallback | null = null;

  get currentTime() {
    return this.target;
  }
  set currentTime(to: number) {
    this.target = to;
    this.seeking = true;
  }
  requestVideoFrameCallback(callback: VideoFrameRequestCallback) {
    this.onFrame = callback;
    return 1;
  }
  cancelVideoFrameCallback() {
    this.onFrame = null;
  }
  load() {
    if (this.readyState > 0) return;
    this.readyState = 1;
    this.dispatchEvent(new Event('loadedmetadata'));
  }
  land() {
    if (!this.seeking) return false;
    this.seeking = false;
    this.untold++;
    const mediaTime = Math.floor(this.target * 25) / 25;
    this.onFrame?.(0, { mediaTime } as VideoFrameCallbackMetadata);
    return true;
  }
  tell() {
    if (this.untold === 0) return false;
    this.untold--;
    this.dispatchEvent(new Event('seeked'));
    return true;
  }
}

function fakePlayer() {
  const video = new FakeVideo();
  const held = new Set<number>();
  let playhead = 0;
  let shown = -1;
  const holds = (time: number) => isCovered(layout, time, held);
  const source = {
    ...{ offset: 0, holds, retry: () => undefined, close: () => undefined },
    moveTo: (time: number) => (playhead = time),
  };
  const element = video as unknown as HTMLVideoElement;
  const exact = createExactVideo(element, source, seconds, () => times, (_, frame) => (shown = frame)); // prettier-ignore
  return {
    exact,
    shown: () => shown,
    seek: (time: number) => exact.seek(time),
    /** Brings what is needed most at the playhead, and lets go of what is far from it. */
    fetch() {
      const next = nextSegment(layout, playhead, held);
      if (next === null) return false;
      held.add(next);
      for (const old of segmentsToDrop(layout, playhead, held)) held.delete(old);
      video.load();
      return true;
    },
    land: () => holds(video.currentTime) && video.land(),
    tell: () => video.tell(),
  };
}

test('however wishes, footage and landings come between each other, the frame of the last wish is shown in the end', () => {
  const step = fc.oneof(
    fc.constantFrom('fetch' as const, 'land' as const, 'tell' as const),
    fc.integer({ min: 0, max: times.length - 1 }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat({ max: times.length - 1 }), (all, last) => {
      const player = fakePlayer();
      for (const each of all) {
        if (typeof each === 'number') player.seek(times[each] ?? 0);
        else player[each]();
      }
      player.seek(times[last] ?? 0);
      let left = 200;
      while (left > 0 && (player.land() || player.tell() || player.fetch())) left--;
      expect(left).toBeGreaterThan(0);
      expect(player.shown()).toBe(last);
      expect(player.exact.isSeeking).toBe(false);
      player.exact.close();
    }),
    { numRuns: 500 },
  );
});

test('a seek whose footage is there is not disturbed by the next wish; one that waits gives way to it', () => {
  const player = fakePlayer();
  player.seek(50);
  expect(player.exact.isFetching).toBe(true);
  player.seek(70);
  player.fetch();
  expect(player.exact.isFetching).toBe(false);
  player.seek(90);
  expect([player.land(), player.tell()]).toEqual([true, true]);
  expect(player.exact.isFetching).toBe(true);
  // The middle one was shown only if no later wish was there.
  expect(player.shown()).toBe(-1);
  player.fetch();
  expect([player.land(), player.tell()]).toEqual([true, true]);
  expect(player.shown()).toBe(2250);
  player.exact.close();
});
