/**
 * False flags an hour on normal footage: from the JSON lines of scans whose recordings are all normal.
 *
 *     npm run -s anom-pi -- scan FOLDER --json --data NEW_FOLDER > lines.jsonl
 *     node test/bench/false-flags.bench.ts lines.jsonl [more.jsonl …]
 *
 * Prints one JSON object: flags an hour over all recordings, the central 95 % of what a bootstrap over recordings gives,
 * and the largest rate that so few flags leave possible at 95 % (Poisson), because no flag at all has a bootstrap of
 * width 0. Flags are named, to be looked at.
 */
import { readFileSync } from 'node:fs';
import { bootstrapSpread } from '../../src-main/evaluation/metrics/bootstrap.ts';

/** What `scan --json` prints, as far as it is needed here. */
type Line =
  | { readonly type: 'recording'; readonly path: string; readonly seconds: number | null }
  | {
      readonly type: 'flag';
      readonly path: string;
      readonly start: number;
      readonly end: number;
      readonly class: string;
      readonly score: number;
      readonly explanation: string;
    }
  | { readonly type: 'summary' };

const lines = process.argv
  .slice(2)
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);
const flags = lines.filter((line) => line.type === 'flag');
const recordings = lines.flatMap((line) =>
  line.type === 'recording' && line.seconds !== null
    ? [{ seconds: line.seconds, flags: flags.filter(({ path }) => path === line.path).length }]
    : [],
);
const perHour = (sample: readonly (typeof recordings)[number][]) =>
  (3600 * sample.reduce((sum, each) => sum + each.flags, 0)) / sample.reduce((sum, each) => sum + each.seconds, 0);
const hours = recordings.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;

/** Mean of the Poisson distribution under which `count` or fewer come with a probability of 5 %; by halving. */
function largestMean(count: number): number {
  let [low, high] = [0, 10 * (count + 3)];
  for (let step = 0; step < 60; step++) {
    const mean = (low + high) / 2;
    let [term, sum] = [Math.exp(-mean), 0];
    for (let k = 0; k <= count; k++) {
      sum += term;
      term *= mean / (k + 1);
    }
    if (sum > 0.05) low = mean;
    else high = mean;
  }
  return low;
}

console.log(
  JSON.stringify({
    ...{ recordings: recordings.length, hours, flags: flags.length, flagsPerHour: perHour(recordings) },
    bootstrap: bootstrapSpread(recordings, perHour, { seed: 1 }),
    largestPerHour: largestMean(flags.length) / hours,
    flagged: flags.map(({ path, start, end, class: id, score, explanation }) => ({
      ...{ path, start, end, class: id, score, explanation },
    })),
  }),
);
