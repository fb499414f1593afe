/** Made-up replays: what a captioning and a scoring model could have said of a recording, segment by segment. */
import { normalClass, unusualClass } from '../../contract/taxonomy.ts';
import type { ReplayRecording, ReplaySegment } from '../../evaluation/replay/replay-file.ts';
import type { Interval } from '../../math/interval.ts';
import { randomFrom, type Random } from '../../math/random.ts';
import { sigmoid } from '../../math/logistic.ts';

/** Everything below is ours, drawn wide so that no one model, benchmark or way of cutting is meant. */
const framesPerSecond = 30;
const shortest = 20;
const longest = 480;
const incidentShare = 0.55;
/** Mean length of coarse segments, seconds, and into how many fine ones each is cut at most; an incident into more. */
const coarseSeconds = [6, 40] as const;
const mostCuts = { usual: 4, incident: 6 } as const;

/** How a model scores: in log-odds, what it says of anything, of an incident, and how much that varies. */
interface Scorer {
  readonly usual: number;
  readonly rise: number;
  readonly noise: number;
  /** Share of the segments with an incident in which it makes the incident out. */
  readonly noticed: number;
  /** What it says of anything in a recording with an incident is so much higher at the incident, and half of it so many seconds away. */
  readonly colour: number;
  readonly fades: number;
}

/**
 * The replay that belongs to `seed`: where something happens the models mostly, not always, give higher scores, and
 * sometimes elsewhere too, over stretches that both levels show. Scores are tenths, as models say them.
 */
export function simulatedReplay(seed: number | string): ReplayRecording {
  const random = randomFrom(`${seed}/replay`);
  const seconds = logBetween(random, shortest, longest);
  const incidents = random.next() < incidentShare ? incidentsIn(random, seconds) : [];
  const alarms = Array.from({ length: random.pick([0, 1, 1, 2, 2, 3]) }, () => ({
    ...stretchOf(random, seconds, 0.02, 0.25),
    strength: random.between(1, 4),
  }));
  const coarseScorer: Scorer = {
    usual: random.between(-5, -1.5),
    rise: random.between(0.5, 6),
    noise: random.between(0.4, 1.4),
    noticed: random.between(0.3, 1),
    colour: random.between(0, 2),
    fades: logBetween(random, 10, 200),
  };
  const fineScorer: Scorer = { ...coarseScorer, noise: coarseScorer.noise + random.between(0, 1) };
  const coarseSpans = cutAt(coarseCuts(random, seconds, incidents), seconds);
  const fineSpans = coarseSpans.flatMap((span) => finer(random, span, incidents));
  const saidOf =
    (scorer: Scorer, caption: string | null) =>
    (span: Interval): ReplaySegment => {
      const alarm = alarms.reduce((sum, each) => sum + each.strength * shareOf(span, [each]), 0);
      const rise = random.next() < scorer.noticed ? scorer.rise * shareOf(span, incidents) : 0;
      const logit = scorer.usual + rise + colourOf(scorer, span, incidents) + alarm + scorer.noise * random.normal();
      return { ...inFrames(span), score: Math.round(10 * sigmoid(logit)) / 10, caption };
    };
  // Captions without a word that means anything: what words mean is learned from real ones.
  const captions = (): string | null => (random.next() < 0.5 ? '' : null);
  return {
    ...{ name: String(seed), framesPerSecond, frames: Math.round(seconds * framesPerSecond) },
    class: incidents.length === 0 ? normalClass : unusualClass,
    anomalies: incidents.map(inFrames),
    place: { file: 'simulated', line: 1 },
    levels: {
      coarse: coarseSpans.map(saidOf(coarseScorer, captions())),
      fine: fineSpans.map(saidOf(fineScorer, captions())),
    },
  };
}

/** An incident colours what is said of all around it: a model reads on, and places where things happen look the part. */
function colourOf({ colour, fades }: Scorer, { start, end }: Interval, incidents: readonly Interval[]): number {
  const away = incidents.map((each) => Math.max(0, each.start - end, start - each.end));
  return away.length === 0 ? 0 : colour * 0.5 ** (Math.min(...away) / fades);
}

const inFrames = ({ start, end }: Interval) => ({
  start: Math.round(start * framesPerSecond),
  end: Math.round(end * framesPerSecond),
});

const logBetween = (random: Random, low: number, high: number) =>
  Math.exp(random.between(Math.log(low), Math.log(high)));

/** A stretch of a share of the recording, anywhere. */
function stretchOf(random: Random, seconds: number, least: number, most: number): Interval {
  const length = Math.max(3, seconds * logBetween(random, least, most));
  const start = random.between(0, Math.max(0, seconds - length));
  return { start, end: Math.min(seconds, start + length) };
}

function incidentsIn(random: Random, seconds: number): Interval[] {
  const first = stretchOf(random, seconds, 0.03, 0.7);
  const second = stretchOf(random, seconds, 0.03, 0.2);
  const isApart = second.start > first.end + 5 || second.end < first.start - 5;
  return random.next() < 0.2 && isApart ? [first, second].toSorted((a, b) => a.start - b.start) : [first];
}

/** Every few seconds, and mostly where something begins or ends, since segments are cut where the picture changes. */
function coarseCuts(random: Random, seconds: number, incidents: readonly Interval[]): number[] {
  const mean = logBetween(random, ...coarseSeconds);
  const cuts: number[] = [];
  for (let at = 0; at < seconds; at += mean * (0.3 - 0.7 * Math.log(1 - random.next()))) cuts.push(at);
  const changes = incidents.flatMap(({ start, end }) => [start, end]).filter(() => random.next() < 0.6);
  return [...cuts, ...changes];
}

const leastSegment = 1;

/** Spans from cut to cut, none shorter than a second. */
function cutAt(cuts: readonly number[], seconds: number): Interval[] {
  const bounds = [0];
  for (const cut of cuts.toSorted((a, b) => a - b)) {
    if (cut - (bounds.at(-1) ?? 0) >= leastSegment && seconds - cut >= leastSegment) bounds.push(cut);
  }
  return bounds.map((start, index) => ({ start, end: bounds[index + 1] ?? seconds }));
}

function finer(random: Random, { start, end }: Interval, incidents: readonly Interval[]): Interval[] {
  const most = shareOf({ start, end }, incidents) > 0 ? mostCuts.incident : mostCuts.usual;
  const cuts = Array.from({ length: random.integer(most + 1) }, () => random.between(0, end - start));
  return cutAt(cuts, end - start).map((span) => ({ start: start + span.start, end: start + span.end }));
}

function shareOf({ start, end }: Interval, stretches: readonly Interval[]): number {
  const inside = stretches.reduce(
    (sum, each) => sum + Math.max(0, Math.min(end, each.end) - Math.max(start, each.start)),
    0,
  );
  return Math.min(1, inside / (end - start));
}
