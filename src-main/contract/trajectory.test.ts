import { describe, expect, it } from 'vitest';
import { upgradeTrajectory, type Trajectory } from './trajectory.ts';

const belief = { prior: -4, probabilities: { normal: 0.9, unusual: 0.1 }, scores: [0.1, 0.2] };
const costs = { newFrames: 2, rereadFrames: 0, looks: 1, thoughts: 0 };
const step = {
  action: { operator: 'FINAL' as const, hypotheses: [] },
  tokens: [
    { id: 5, from: 'agent' as const, forced: false },
    { id: 0, from: 'agent' as const, forced: false },
    { id: 7, from: 'observation' as const, forced: false },
  ],
  logProb: null,
  forced: false,
  reason: 'Nothing holds up.',
  looks: [0],
  focus: { start: 0, end: 2 },
  belief,
  costs,
  seconds: 0,
};
const current: Trajectory = {
  format: 2,
  grammar: 1,
  lexicon: { classes: ['normal', 'unusual'], attributes: ['motion'] },
  policy: { name: 'rules', version: '0' },
  seed: 7,
  source: { recording: null, perception: null, normality: null },
  question: [],
  episode: { start: 0, end: 2 },
  grid: { anchor: 0, ticksPerSecond: 8 },
  budget: { frames: 8, steps: 4, seconds: 10 },
  steps: [step],
  looks: [
    {
      step: 0,
      purpose: 'opening-look',
      start: 0,
      end: 2,
      level: 1,
      density: 4,
      times: [0, 1],
      keys: [0, 8],
      reread: [false, false],
      evidence: [-4, -4],
      observation: { kind: 'caption', segments: [{ caption: 'An empty yard.', score: 0.1, frames: [0, 1] }] },
    },
  ],
  unseen: [],
  reflection: null,
  forcedFinal: null,
  intervals: [],
  scores: [0.1, 0.2],
  costs,
  seconds: 0,
};

/** As format 1 had it: one caption a look. */
function plantedV1() {
  const { unseen: _unseen, ...rest } = current;
  const looks = current.looks.map((look) => ({
    ...look,
    observation: { kind: 'caption', caption: 'An empty yard.', score: 0.1 },
  }));
  return { ...rest, format: 1, looks };
}

/** As format 0 had it: bare token ids, the policy by name, nothing of what was forced or where it came from. */
function plantedV0(): unknown {
  const { source: _source, reflection: _reflection, forcedFinal: _forcedFinal, ...rest } = plantedV1();
  const { tokens: _tokens, logProb: _logProb, forced: _forced, ...oldStep } = step;
  return { ...rest, format: 0, policy: 'rules', steps: [{ ...oldStep, agentTokens: [5, 0], observationTokens: [7] }] };
}

describe('stored trajectories', () => {
  it('T4: of the current format are read as they are', () => {
    expect(upgradeTrajectory(structuredClone(current))).toEqual(current);
  });

  it('T4: of format 0 become current ones', () => {
    expect(upgradeTrajectory(plantedV0())).toEqual(current);
  });

  it('T4: of format 1 become current ones', () => {
    expect(upgradeTrajectory(plantedV1())).toEqual(current);
    const measured = { kind: 'perception', saw: ['motion'], attributes: [] };
    const looks = plantedV1().looks.map((look) => ({ ...look, observation: measured }));
    expect(upgradeTrajectory({ ...plantedV1(), looks }).looks[0]?.observation).toEqual({
      ...measured,
      surprise: [],
      novelty: [],
    });
  });

  it('T4: of a newer program are refused by name', () => {
    expect(() => upgradeTrajectory({ ...current, format: 3 })).toThrow('format 3 is newer');
  });

  it.each([
    ['nothing', null],
    ['no format', { ...current, format: undefined }],
    [
      'a claim without evidence',
      {
        ...current,
        intervals: [
          {
            start: 0,
            end: 1,
            class: 'fight',
            score: 0.5,
            claims: [{ kind: 'limit', args: { without: 'nets' }, evidence: [] }],
          },
        ],
      },
    ],
    [
      'an unknown kind of observation',
      { ...current, looks: [{ ...current.looks[0], observation: { kind: 'dream' } }] },
    ],
    ['a probability beyond 1', { ...current, steps: [{ ...step, belief: { ...belief, scores: [2] } }] }],
  ])('T1: with %s are refused with what is wrong', (_, value) => {
    expect(() => upgradeTrajectory(value)).toThrow(/^trajectory/);
  });

  it('T3: hold observations of perception, of a simulator and of a model', () => {
    const [look] = current.looks;
    for (const observation of [
      {
        kind: 'perception',
        saw: ['motion'],
        attributes: [{ name: 'motion', value: 0.1, percentile: null, times: [0], place: null }],
        surprise: [0, 2.5],
        novelty: [0.3, null],
      },
      { kind: 'symbols', vocabulary: 'street-1', symbols: [3, 1] },
      { kind: 'caption', segments: [{ caption: null, score: null, frames: [1] }] },
    ]) {
      const value = { ...current, looks: [{ ...look, observation }] };
      expect(upgradeTrajectory(value).looks[0]?.observation).toEqual(observation);
    }
  });
});
