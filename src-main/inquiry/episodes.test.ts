import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorOf, episodesFromActivity, episodesOf, longestEpisode } from './episodes.ts';
import type { Activity } from './watcher.ts';

const curve = (levels: ArrayLike<number>): Activity => ({ secondsPerBin: 1, activity: Float32Array.from(levels) });
const zeros = (length: number) => Array.from({ length }, () => 0);
const levels = fc.oneof(
  fc.array(
    fc.integer({ min: 0, max: 16 }).map((level) => level / 16),
    { maxLength: 900 },
  ),
  // Long and quiet but for a few seconds.
  fc
    .record({
      length: fc.integer({ min: 1, max: 3000 }),
      peaks: fc.array(fc.tuple(fc.nat(2999), fc.double({ min: 0, max: 1, noNaN: true }))),
    })
    .map(({ length, peaks }) => {
      const quiet = zeros(length);
      for (const [second, level] of peaks) if (second < length) quiet[second] = level;
      return quiet;
    }),
);

describe('episodes', () => {
  it('E1: are disjoint, cover the recording, last at most 128 s and begin on whole seconds', () => {
    fc.assert(
      fc.property(levels, fc.double({ min: 0, max: 0.999, noNaN: true }), (activity, missing) => {
        const seconds = Math.max(0, activity.length - missing);
        const episodes = episodesFromActivity(curve(activity), seconds);
        let at = 0;
        for (const { start, end } of episodes) {
          expect(start).toBe(at);
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(longestEpisode);
          expect(Number.isInteger(start)).toBe(true);
          at = end;
        }
        expect(at).toBe(activity.length === 0 ? 0 : seconds);
      }),
    );
  });

  it('E2: lie around the busiest seconds wherever these are, whatever quiet footage surrounds them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 96, max: 700 }), fc.integer({ min: 97, max: 700 }), (before, after) => {
        const activity = [...zeros(before), 0.9, ...zeros(after)];
        const found = episodesFromActivity(curve(activity)).find(({ start, end }) => start <= before && end > before);
        expect(found).toEqual({ start: before - 64, end: before + 64 });
      }),
    );
  });

  it('E1: leaves no scraps beside an episode', () => {
    fc.assert(
      fc.property(fc.integer({ min: 129, max: 600 }), fc.nat(599), (length, peak) => {
        const activity = zeros(length);
        activity[peak % length] = 1;
        const shortest = Math.min(...episodesFromActivity(curve(activity)).map(({ start, end }) => end - start));
        expect(shortest).toBeGreaterThanOrEqual(length < 160 ? 1 : 32);
      }),
    );
  });

  it('are none for an empty recording', () => {
    expect(episodesFromActivity(curve([]))).toEqual([]);
  });

  it('L3: are anchored at the first of their busiest seconds', () => {
    const activity = curve([0.9, 0, 0.5, 0.5, 0.1]);
    expect(anchorOf(activity, { start: 1, end: 5 }, 'activity')).toBe(2);
    expect(anchorOf(curve([0, 0, 0]), { start: 1, end: 3 }, 'activity')).toBe(1);
  });

  it('U2: begin at multiples of the longest on the grid of the recording, whatever happens', () => {
    const busy = curve(Array.from({ length: 300 }, (_, second) => (second === 77 ? 1 : 0)));
    expect(episodesOf(busy, 299.5, 'recording')).toEqual([
      { start: 0, end: 128 },
      { start: 128, end: 256 },
      { start: 256, end: 299.5 },
    ]);
    expect(anchorOf(busy, { start: 0, end: 128 }, 'recording')).toBe(0);
    expect(episodesOf(busy, 299.5, 'activity')).toEqual(episodesFromActivity(busy, 299.5));
  });
});
