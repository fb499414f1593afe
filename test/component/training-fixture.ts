/** Versions, runs and a comparison as a core would tell of them: two paths of real policies over one scripted scuffle. */
import type { Job } from '../../src-main/contract/job.ts';
import type { Comparison, ComparedSide } from '../../src-main/contract/policy-comparison.ts';
import type { PolicyActivation, PolicyVersion, PolicyVersionSummary } from '../../src-main/contract/policy-version.ts';
import type { GateReport, TrainingData, TrainingPoint, TrainingRun } from '../../src-main/contract/training.ts';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { pathOf } from './evidence-fixture.ts';
import { testJob } from './support/window-service.ts';

const hash = (letter: string) => letter.repeat(64);
export const ids = { shipped: hash('a'), may: hash('b'), june: hash('c'), refused: hash('d') } as const;
export const runId = '11111111-2222-4333-8444-555555555555';
export const comparisonId = '99999999-8888-4777-8666-555555555555';

const check = (
  name: GateReport['checks'][number]['check'],
  outcome: 'passed' | 'failed' | 'unknown',
  reason: string,
) => ({
  ...{ check: name, outcome, before: 0.512, after: outcome === 'failed' ? 0.674 : 0.431, limit: 0.55, reason },
});
const gates = {
  offered: {
    decision: 'offered',
    checks: [
      check('verdicts', 'passed', 'Log-loss 0.431 against 0.512 on 48 held-out verdicts.'),
      check('guard', 'passed', 'Log-loss 0.431 against 0.512 on 400 known scenes.'),
    ],
  },
  refused: {
    decision: 'refused',
    checks: [
      check('verdicts', 'passed', 'Log-loss 0.431 against 0.512 on 48 held-out verdicts.'),
      check('guard', 'failed', 'Log-loss rose from 0.512 to 0.674 on 400 known scenes; at most 0.550 is allowed.'),
    ],
  },
  tooFew: {
    decision: 'too-few-verdicts',
    checks: [
      { ...check('verdicts', 'unknown', '6 verdicts are too few to tell; 40 are needed.'), before: null, after: null },
    ],
  },
} as const satisfies Record<string, GateReport>;

export const points: readonly TrainingPoint[] = Array.from({ length: 41 }, (_, index): TrainingPoint => {
  const [round, done] = [index === 0 ? 0 : index <= 20 ? 1 : 2, index / 40];
  const isRollout = index % 10 === 0;
  const told = (value: number) => (isRollout ? value : null);
  return {
    ...{ round, step: 4 * index, seconds: 5 * index },
    ...{ utility: told(0.1 + 0.5 * done), success: told(0.2 + 0.4 * done), information: told(0.3 + 0.2 * done) },
    ...{ cost: told(0.5 - 0.2 * done), localisation: told(-0.1 + 0.3 * done), parseRate: told(1) },
    ...{ margin: index === 0 ? null : 0.8 * done + 0.05 * Math.sin(index), chosenLogProb: -12 + 2 * done },
    loss: index === 0 ? null : 0.69 - 0.3 * done + 0.02 * Math.cos(3 * index),
    operators: isRollout
      ? { BACKTRACK: 30, EXPAND: 20 + index, SAMPLE: 60, THINK: 40 - index / 2, FINAL: 40 }
      : ({} as Record<string, number>),
  };
});

const summary = (id: string, name: string, changes: Partial<PolicyVersionSummary> = {}): PolicyVersionSummary => ({
  ...{ id, name, policy: 'nano', origin: 'trained', parents: [ids.shipped], createdAtMs: Date.UTC(2026, 4, 3, 9) },
  ...{ weights: hash('e'), bytes: 3_700_000, gate: gates.offered, active: false },
  ...changes,
});
export const versions: readonly PolicyVersionSummary[] = [
  summary(ids.refused, 'July, too eager', {
    ...{ parents: [ids.june], createdAtMs: Date.UTC(2026, 6, 2, 9), gate: gates.refused },
  }),
  summary(ids.june, 'June', {
    ...{ parents: [ids.may], createdAtMs: Date.UTC(2026, 5, 12, 9), gate: gates.offered, active: true },
  }),
  summary(ids.may, 'May', { gate: gates.tooFew }),
  summary(ids.shipped, 'nano-1', {
    ...{ origin: 'shipped', parents: [], createdAtMs: Date.UTC(2026, 1, 1), gate: null },
  }),
];
export const activations: readonly PolicyActivation[] = [
  { number: 3, kind: 'activate', version: ids.june, atMs: Date.UTC(2026, 5, 12, 10) },
  { number: 2, kind: 'activate', version: ids.may, atMs: Date.UTC(2026, 4, 3, 10) },
  { number: 1, kind: 'first', version: ids.shipped, atMs: Date.UTC(2026, 1, 2) },
];
export const wholeOf = (version: PolicyVersionSummary): PolicyVersion => ({
  ...version,
  seed: 7,
  settings: { rounds: 2, rollouts: 8, utility: { success: 1, information: 0.3, cost: 0.2, localisation: 0.3 } },
  data: { verdicts: ['v1', 'v2'], preferences: [] },
  curves: version.origin === 'shipped' ? [] : [...points],
});

export const reviewed = { confirmed: 34, rejected: 52, unsure: 6, misses: 3, preferences: 2 } as const;
const learned: TrainingData = {
  ...{ kind: 'verdicts', confirmed: 20, rejected: 30, unsure: 4, misses: 3, preferences: 0 },
  ...{ incidents: 22, innocent: 28 },
};
export const run = (changes: Partial<TrainingRun> = {}): TrainingRun => ({
  ...{ id: runId, name: 'June', from: ids.may, settings: { rounds: 2, rollouts: 8, seed: 7 } },
  ...{ startedAtMs: Date.UTC(2026, 5, 12, 8, 50), endedAtMs: Date.UTC(2026, 5, 12, 9), data: learned },
  ...{ last: points.at(-1) ?? null, gate: gates.offered, version: ids.june, stopped: null },
  ...changes,
});
export const trainJob = (changes: Partial<Job> = {}): Job =>
  testJob({
    ...{ id: runId, kind: 'train', startedAtMs: Date.UTC(2026, 5, 12, 8, 50) },
    progress: {
      ...{ done: 96, total: 320, unit: 'steps', rate: 1.6, secondsLeft: 140, label: 'Round 1 of 2', failed: 0 },
    },
    ...changes,
  });

export const paths = { rules: hash('1'), uniform: hash('2') } as const;
const recordingId = 'ab'.repeat(32);

/** A comparison with the paths that it rests on, by their hash. */
interface Compared {
  readonly comparison: Comparison;
  readonly trajectories: Readonly<Record<string, Trajectory>>;
}

let made: Promise<Compared> | null = null;
/** A comparison of two versions that looked as two real policies do; made once. */
export const compared = (): Promise<Compared> => (made ??= makeCompared());

async function makeCompared(): Promise<Compared> {
  const [rules, uniform] = await Promise.all([pathOf('rules'), pathOf('uniform')]);
  const episode = { start: 0, end: 90 };
  const sideOf = (found: typeof rules, trajectory: string, flags: number): ComparedSide => ({
    flags: found.flags.slice(0, flags).map(({ start, end, class: of, score }) => ({
      ...{ start, end, class: of, score, explanation: '', trajectory },
    })),
    trajectories: [{ ...episode, trajectory }],
    framesObserved: found.trajectory.costs.newFrames,
    framesMasked: 0,
    utility: flags > 0 ? 0.61 : -0.4,
  });
  const quiet = (name: string): ComparedSide => ({
    ...{
      flags: [],
      trajectories: [{ ...episode, trajectory: name }],
      framesObserved: 12,
      framesMasked: 0,
      utility: null,
    },
  });
  const comparison: Comparison = {
    id: comparisonId,
    compared: [
      { policy: 'nano', version: ids.may, name: 'May' },
      { policy: 'nano', version: ids.june, name: 'June' },
    ],
    ...{ createdAtMs: Date.UTC(2026, 5, 13), finishedAtMs: Date.UTC(2026, 5, 13, 0, 2), recordings: 2 },
    ...{ framesPerMinute: 24, newFrames: 200 },
    totals: [
      { flags: 0, agreed: 0, disagreed: 1, framesObserved: 48, framesMasked: 0, utility: -0.4 },
      { flags: 1, agreed: 1, disagreed: 0, framesObserved: 52, framesMasked: 3, utility: 0.61 },
    ],
    results: [
      {
        ...{ recording: recordingId, path: '/archive/Yard/Yard_20260314_120000.mp4', camera: 'Yard', seconds: 90 },
        sides: [sideOf(uniform, paths.uniform, 0), sideOf(rules, paths.rules, 1)],
        verdicts: [
          { id: 'v1', decision: 'confirm', start: 40, end: 52, class: 'fight', agrees: [false, true] },
          { id: 'v2', decision: 'unsure', start: 70, end: 72, class: 'unusual', agrees: [null, null] },
        ],
      },
      {
        ...{ recording: 'cd'.repeat(32), path: '/archive/Gate/Gate_20260314_130000.mp4', camera: 'Gate', seconds: 60 },
        ...{ sides: [quiet(paths.rules), quiet(paths.rules)], verdicts: [] },
      },
    ],
    missing: [{ recording: 'ef'.repeat(32), path: '/archive/Gate/broken.mp4', reason: 'The file is gone.' }],
  };
  return {
    comparison,
    trajectories: { [paths.rules]: rules.trajectory, [paths.uniform]: uniform.trajectory },
  };
}
