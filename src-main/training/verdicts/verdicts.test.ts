/** From verdicts to labelled episodes, by examples worked out by hand. */
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../contract/flag.ts';
import { type FrameObservation } from '../../perception/index.ts';
import { cachedWatcher } from './cached-watcher.ts';
import { knownSpans, type ReviewedRecording } from './known-spans.ts';
import { labelledEpisodes } from './labelled-episodes.ts';

type Flag = ReviewedRecording['flags'][number];

const decided = (decision: Verdict['decision'], changes: Partial<Verdict> = {}): Verdict => ({
  ...{ decision, class: null, start: null, end: null, note: '', decidedAtMs: 1 },
  ...changes,
});
const flag = (start: number, end: number, verdict: Verdict | null, named = 'fight'): Flag => ({
  ...{ start, end, class: named, verdict },
});
const miss = (start: number, end: number, named = 'fall', addedAtMs = 2) => ({ start, end, class: named, addedAtMs });
const known = (flags: Flag[], misses: ReviewedRecording['misses'] = []) => knownSpans({ flags, misses });

describe('what reviewers said, as spans', () => {
  test('a confirmed flag counts with its corrected bounds and class', () => {
    const corrected = decided('confirm', { start: 12, end: 18, class: 'fall' });
    expect(known([flag(10, 20, corrected), flag(40, 50, decided('confirm'))]).incidents).toEqual([
      { start: 12, end: 18, class: 'fall' },
      { start: 40, end: 50, class: 'fight' },
    ]);
  });

  test('two confirmed flags and a miss about one incident are one, of the class that was said last', () => {
    const flags = [flag(10, 20, decided('confirm')), flag(14, 26, decided('confirm', { decidedAtMs: 5 }), 'theft')];
    expect(known(flags, [miss(19, 21), miss(60, 70)]).incidents).toEqual([
      { start: 10, end: 26, class: 'theft' },
      { start: 60, end: 70, class: 'fall' },
    ]);
  });

  test('what is true wins over a rejection, and a verdict answers the same flag of another policy', () => {
    const { incidents, innocent, unanswered } = known([
      flag(10, 20, decided('reject')),
      flag(11, 19, decided('confirm')),
      flag(30, 40, decided('reject')),
      flag(31, 41, null),
      flag(80, 90, null),
    ]);
    expect(incidents).toEqual([{ start: 11, end: 19, class: 'fight' }]);
    expect(innocent).toEqual([{ start: 30, end: 40 }]);
    expect(unanswered).toEqual([{ start: 80, end: 90 }]);
  });

  test('unsure stays unanswered, whatever was said of another flag there', () => {
    const { unanswered } = known([flag(10, 20, decided('unsure')), flag(10, 20, decided('reject'))]);
    expect(unanswered).toEqual([{ start: 10, end: 20 }]);
  });
});

const episodes = [
  { start: 0, end: 100 },
  { start: 100, end: 200 },
  { start: 200, end: 250 },
];
const labels = (flags: Flag[], misses: ReviewedRecording['misses'] = []) =>
  labelledEpisodes(episodes, known(flags, misses)).map(({ episode, truth }) => ({ at: episode.start, ...truth }));

describe('episodes with a label', () => {
  test('1 where something is true; 0 where all that was flagged was rejected; none where nobody looked', () => {
    expect(labels([flag(10, 20, decided('confirm')), flag(110, 120, decided('reject'))])).toEqual([
      { at: 0, label: 1, intervals: [{ start: 10, end: 20, class: 'fight' }] },
      { at: 100, label: 0, intervals: [] },
    ]);
    expect(labels([], [miss(210, 215)])).toEqual([
      { at: 200, label: 1, intervals: [{ start: 210, end: 215, class: 'fall' }] },
    ]);
    expect(labels([])).toEqual([]);
  });

  test('a flag that nobody answered, or found hard to tell, leaves an innocent episode without a label', () => {
    expect(labels([flag(10, 20, decided('reject')), flag(50, 60, null)])).toEqual([]);
    expect(labels([flag(10, 20, decided('reject')), flag(50, 60, decided('unsure'))])).toEqual([]);
    expect(labels([flag(10, 20, decided('unsure'))])).toEqual([]);
  });

  test('beside an incident it leaves the label alone: what else happens there is not known', () => {
    expect(labels([flag(10, 20, decided('confirm')), flag(50, 60, null)])).toEqual([
      { at: 0, label: 1, intervals: null },
    ]);
  });

  test('an incident over a border is one in both; its edge tells nothing and makes nothing innocent', () => {
    expect(labels([flag(90, 110, decided('confirm'))])).toEqual([
      { at: 0, label: 1, intervals: [{ start: 90, end: 100, class: 'fight' }] },
      { at: 100, label: 1, intervals: [{ start: 100, end: 110, class: 'fight' }] },
    ]);
    const edge = [flag(90, 100.5, decided('confirm')), flag(150, 160, decided('reject'))];
    expect(labels(edge).map(({ at }) => at)).toEqual([0]);
  });

  test('what was spoken of lies within the episode', () => {
    const [first, second] = labelledEpisodes(
      episodes,
      known([flag(90, 110, decided('confirm')), flag(20, 30, decided('reject'))]),
    );
    expect(first?.spans).toEqual([
      { start: 90, end: 100 },
      { start: 20, end: 30 },
    ]);
    expect(second?.spans).toEqual([{ start: 100, end: 110 }]);
  });
});

describe('a recording of which only what is cached can be seen', () => {
  const frame = (time: number) => ({ time }) as FrameObservation;
  const cached = [0, 1, 2, 10].map((time) => [time, frame(time)] as const);
  const frameTimes = Float64Array.from({ length: 2000 }, (_, index) => index / 25);
  const watcher = cachedWatcher({
    ...{ seconds: 80, frameTimes, here: null, frames: new Map(cached) },
    activity: { secondsPerBin: 1, activity: new Float32Array(80) },
  });
  const seen = async (times: number[], level: number) => (await watcher.observe(times, level)).map(({ time }) => time);

  test('a cached frame shows itself, at whatever level', async () => {
    expect(await seen([1, 10], 0)).toEqual([1, 10]);
    expect(await seen([1.02], 0)).toEqual([1]);
  });

  test('another time shows the cached frame before it, if that is nearer than the sampling interval', async () => {
    // Level 3 takes a frame a second, level 4 one in two seconds.
    expect(await seen([2.5, 3.5], 3)).toEqual([2]);
    expect(await seen([3.5, 11.9], 4)).toEqual([2, 10]);
    expect(await seen([5, 8], 4)).toEqual([]);
    expect(await seen([0.5, 0.75], 4)).toEqual([0]);
  });
});
