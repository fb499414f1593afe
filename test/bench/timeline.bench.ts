/** What a timeline of 100,000 seconds costs for one picture: thinning and the looks, against drawing every point. */
import { activityCurve, scoreCurve, thinned } from '../../src-renderer/lib/curve.ts';
import { lookLane, lookSkyline, seenColumns } from '../../src-renderer/lib/look-lane.ts';
import { rulerTicks } from '../../src-renderer/lib/ruler-ticks.ts';
import { randomFrom } from '../../src-main/math/random.ts';

const [seconds, columns, rounds] = [100_000, 2400, 60];
const random = randomFrom('timeline');
const episode = 100;
const starts = Array.from({ length: seconds / episode }, (_, index) => index * episode);

const activity = activityCurve(Array.from({ length: seconds }, () => random.between(0, 1)));
const score = scoreCurve(
  starts.map((start) => ({
    ...{ start, end: start + episode, trajectory: '' },
    scores: Array.from({ length: episode }, () => random.between(0, 1)),
  })),
);
const looks = lookLane(
  starts.flatMap((start) =>
    Array.from({ length: 10 }, (_, look) => {
      const [from, length] = [start + look * 8, 2 ** (1 + random.integer(6))];
      const times = Array.from({ length: 8 }, (_each, frame) => from + (frame / 8) * length);
      return { start: from, end: from + length, density: 8 / length, purpose: 'opening-look' as const, times };
    }),
  ),
);

function measured(name: string, work: () => unknown): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  const [median, worst] = [times[rounds >> 1] ?? 0, times.at(-1) ?? 0];
  console.log(`${name.padEnd(28)} ${median.toFixed(2)} ms, ${worst.toFixed(2)} ms at worst`);
  return median;
}

for (const [what, view] of [
  ['the whole recording', { start: 0, end: seconds }],
  ['an hour of it', { start: 50_000, end: 53_600 }],
] as const) {
  console.log(`${what}, ${String(columns)} columns:`);
  const all = measured('  one picture', () => [
    thinned(score, view, columns),
    thinned(activity, view, columns),
    lookSkyline(looks, view, columns),
    seenColumns(looks.times, view, columns),
    rulerTicks(view, columns),
  ]);
  const points = thinned(score, view, columns).x.length + thinned(activity, view, columns).x.length;
  const inView = 2 * (view.end - view.start);
  console.log(
    `  ${String(points)} points to draw instead of ${String(inView)}; ${((all / 8) * 100).toFixed(0)} % of 8 ms`,
  );
}
