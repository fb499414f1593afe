/** Trajectories of the stored format without footage: as large as real ones, and different for every seed. */
import { defaultClassIds } from '../../src-main/contract/taxonomy.ts';
import type { Interval } from '../../src-main/math/interval.ts';
import {
  type Belief,
  type Look,
  type Step,
  type Trajectory,
  trajectoryFormat,
} from '../../src-main/contract/trajectory.ts';
import { type Random, randomFrom } from '../../src-main/math/random.ts';

const framesPerLook = 8;
const ticksPerSecond = 8;

/** `looks` are taken one a step after an opening look over the whole of `episode`; the last step is FINAL. */
export function syntheticTrajectory(
  episode: Interval,
  { seed = 1, looks: count = 8 }: { seed?: number; looks?: number } = {},
): Trajectory {
  const random = randomFrom(`trajectory ${seed} ${episode.start}`);
  const looks = Array.from({ length: count }, (_, index) => lookOf(episode, index, random));
  const steps = [
    ...looks.map((look, index) => stepOf(episode, look, index, random)),
    stepOf(episode, null, count, random),
  ];
  const last = steps.at(-1);
  return {
    format: trajectoryFormat,
    grammar: 1,
    lexicon: { classes: [...defaultClassIds], attributes: ['motion', 'persons'] },
    policy: { name: 'rules', version: '1' },
    seed,
    source: { recording: null, perception: null, normality: null },
    question: [],
    episode,
    grid: { anchor: episode.start, ticksPerSecond },
    budget: { frames: 51, steps: 24, seconds: 300 },
    steps,
    looks,
    unseen: [],
    reflection: null,
    forcedFinal: null,
    intervals: [],
    scores: last?.belief.scores ?? [],
    costs: costsAfter(count),
    seconds: count,
  };
}

function lookOf(episode: Interval, index: number, random: Random): Look {
  const length = episode.end - episode.start;
  const level = index === 0 ? 7 : random.integer(5);
  const span = Math.min(length, 2 ** level);
  const start = index === 0 ? episode.start : episode.start + Math.floor(random.between(0, length - span));
  const times = Array.from({ length: framesPerLook }, (_, at) => start + (at * span) / framesPerLook);
  return {
    step: index,
    purpose: index === 0 ? 'opening-look' : random.pick(['activity-peak', 'closer-look', 'context', 'second-look']),
    ...{ start, end: start + span, level, density: framesPerLook / span, times },
    keys: times.map((time) => Math.round((time - episode.start) * ticksPerSecond)),
    reread: times.map(() => false),
    evidence: times.map(() => random.between(-4, 3)),
    observation: {
      kind: 'perception',
      saw: ['motion', 'objects', 'persons'],
      attributes: Array.from({ length: 18 }, (_, at) => ({
        name: `attribute-${String(at)}`,
        ...{ value: random.next(), percentile: null, times: times.slice(0, 3) },
        place: { x: random.between(0, 0.5), y: random.between(0, 0.5), width: 0.375, height: 0.25 },
      })),
      surprise: times.map(() => null),
      novelty: times.map(() => null),
    },
  };
}

function stepOf(episode: Interval, look: Look | null, index: number, random: Random): Step {
  const sampled = { operator: 'SAMPLE', start: 0, end: 8, rate: 2 } as const;
  const final = { operator: 'FINAL', hypotheses: [] } as const;
  return {
    action: look === null ? { ...final, hypotheses: [] } : index === 0 ? null : sampled,
    tokens: Array.from({ length: 12 }, (_, at) => ({ id: at, from: 'observation', forced: false })),
    logProb: null,
    forced: false,
    reason: 'It could be something or nothing: a closer look would tell.',
    looks: look === null ? [] : [index],
    focus: episode,
    belief: beliefOf(episode, random),
    costs: costsAfter(index + 1),
    seconds: index,
  };
}

function beliefOf(episode: Interval, random: Random): Belief {
  const share = 1 / defaultClassIds.length;
  const bins = Math.ceil(episode.end - episode.start);
  const level = random.between(0.1, 0.8);
  return {
    prior: -2,
    probabilities: Object.fromEntries(defaultClassIds.map((name) => [name, share])),
    scores: Array.from({ length: bins }, (_, at) => Math.round(1e4 * level * (0.5 + 0.5 * Math.sin(at / 9))) / 1e4),
  };
}

const costsAfter = (looks: number) => ({ newFrames: framesPerLook * looks, rereadFrames: 0, looks, thoughts: 0 });
