import { describe, expect, test } from 'vitest';
import type { Effort, RecordingScores, TrueRecording } from './assessed.ts';
import { evaluate, type EvaluationInput } from './evaluate.ts';

const effort = (framesObserved: number, lookedAt: number, operators: Effort['operators'] = { FINAL: 1 }): Effort => ({
  ...{ framesObserved, lookedAt, operators },
  seconds: framesObserved / 10,
});
const made = (scores: number[], given: Effort | null = effort(6, 0.5)): RecordingScores => ({
  scores: Float64Array.from(scores),
  flags: [],
  effort: given,
});
const truth = (name: string, labels: number[], more: Partial<TrueRecording> = {}): TrueRecording => ({
  ...{ name, class: labels.includes(1) ? 'fight' : 'normal', isAnomalous: labels.includes(1) },
  ...{ seconds: labels.length, frames: labels.length, labels: Uint8Array.from(labels) },
  ...{ anomalies: [], source: null, fold: null, twin: null, ...more },
});
/** A recording of which only the class is known, one frame long. */
const clip = (name: string, isAnomalous: boolean, more: Partial<TrueRecording> = {}) =>
  truth(name, [0], { labels: null, anomalies: null, isAnomalous, class: isAnomalous ? 'fight' : 'normal', ...more });

const evaluated = (input: Partial<EvaluationInput>) =>
  evaluate({ dataset: 'd', recordings: [], policies: [], seed: 1, smoothing: 0, ...input });
const rowFor = (
  recordings: TrueRecording[],
  scores: (RecordingScores | null)[],
  input: Partial<EvaluationInput> = {},
) => {
  const [row] = evaluated({ recordings, policies: [{ policy: 'p', recordings: scores }], ...input }).rows;
  if (row === undefined) throw new Error('There is no row.');
  return row;
};

describe('a row', () => {
  const recordings = [truth('a', [0, 1, 1]), truth('b', [0, 0]), truth('c', [0, 1], { class: 'fall', seconds: 10 })];
  const scores = [made([0.2, 0.9, 0.1]), made([0.3, 0.4]), made([0.5, 0.8])];

  // Positives .9 .1 .8, negatives .2 .3 .4 .5: .9 and .8 win 4 each, .1 none.
  test('frame level, by hand', () => {
    const row = rowFor(recordings, scores);
    expect(row.aucMicro).toBeCloseTo(8 / 12, 12);
    // a: .9 over .2, .1 under it; b has one label; c: 1.
    expect(row.aucMacro).toBeCloseTo((0.5 + 1) / 2, 12);
    // Without b: positives .9 .1 .8, negatives .2 .5.
    expect(row.aucAbnormalOnly).toBeCloseTo(4 / 6, 12);
    expect(row.perRecording).toEqual([
      { name: 'a', auc: 0.5 },
      { name: 'b', auc: null },
      { name: 'c', auc: 1 },
    ]);
    // Recall 1/3 at .9 and 2/3 at .8, all precise; the last after all four negatives: 3/7.
    expect(row.averagePrecision).toBeCloseTo(1 / 3 + 1 / 3 + 1 / 3 / (7 / 3), 12);
    expect(row.tprAt5).toBeCloseTo(2 / 3, 12);
    expect(row.interval.over).toBe('seconds');
  });

  test('recordings by their highest score', () => {
    expect(rowFor(recordings, scores).auc).toBe(1);
    expect(rowFor(recordings, [made([0, 0, 0]), made([0.9, 0]), made([0, 0.95])]).auc).toBe(0.5);
  });

  test('each class beside all that are normal', () => {
    // fight: positives .9 .1 against .2 .3 .4; fall: .8 against .3 .4 .5.
    expect(rowFor(recordings, scores).perClass).toEqual([
      { class: 'fall', recordings: 1, aucMicro: 1, auc: 1 },
      { class: 'fight', recordings: 1, aucMicro: 0.5, auc: 1 },
    ]);
  });

  test('what looking cost, weighed by length', () => {
    const row = rowFor(recordings, [
      made([0, 0, 0], effort(30, 1, { SAMPLE: 2, FINAL: 1 })),
      made([0, 0], effort(0, 0)),
      made([0, 0], effort(15, 0.2, { EXPAND: 2, FINAL: 1 })),
    ]);
    // 45 frames in 15 s; 3 of 15 s and 2 of 15 s seen; 4.5 s of work.
    expect(row.framesPerMinute).toBeCloseTo(180, 12);
    expect(row.lookedAtFraction).toBeCloseTo(5 / 15, 12);
    expect(row.secondsPerHour).toBeCloseTo((4.5 / 15) * 3600, 9);
    expect(row.operators).toEqual({ SAMPLE: 2, EXPAND: 2, FINAL: 3 });
    expect(row.operatorEntropy).toBeCloseTo(Math.log(2) / Math.log(4), 12);
  });

  test('other systems have scores and nothing else, and only of some recordings', () => {
    const row = rowFor(recordings, [made([0.2, 0.9, 0.1], null), null, null]);
    expect(row).toMatchObject({ recordings: 1, framesPerMinute: null, lookedAtFraction: null, operatorEntropy: null });
    expect(row.auc).toBeNull();
  });

  test('without the longest recording', () => {
    // c is the longest: .9 and .1 against .2 .3 .4.
    expect(rowFor(recordings, scores).controls.withoutLongest).toBe(0.5);
  });

  test('only classes known: figures are of recordings', () => {
    const clips = [clip('a', true), clip('b', true), clip('c', false), clip('d', false)];
    const row = rowFor(clips, [made([0.9]), made([0.3]), made([0.5]), made([0.1])]);
    expect(row).toMatchObject({ aucMicro: null, aucMacro: null, aucAbnormalOnly: null, auc: 0.75, perRecording: [] });
    expect(row.averagePrecision).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12);
    expect(row.tprAt5).toBe(0.5);
  });

  test('twins are compared with each other alone', () => {
    const twins = [
      clip('a1', true, { twin: { name: 'a', kind: 'cued', rate: null } }),
      clip('a0', false, { twin: { name: 'a', kind: 'cued', rate: null } }),
      clip('b1', true, { twin: { name: 'b', kind: 'periodic', rate: null } }),
      clip('b0', false, { twin: { name: 'b', kind: 'periodic', rate: null } }),
      clip('c1', true, { twin: { name: 'c', kind: 'uncued', rate: null } }),
      clip('c0', false, { twin: { name: 'c', kind: 'uncued', rate: null } }),
    ];
    // Over all pairs .9 would lose nothing and .2 would lose to .3; within twins one is right and one is a tie.
    const row = rowFor(twins, [made([0.2]), made([0.1]), made([0.3]), made([0.3]), made([0.1]), made([0.2])]);
    expect(row.auc).toBe(0.75);
    expect(row.twins).toEqual([
      { kind: 'cued', pairs: 1, auc: 1 },
      { kind: 'periodic', pairs: 1, auc: 0.5 },
      { kind: 'uncued', pairs: 1, auc: 0 },
    ]);
  });

  test('with twins every figure is of recordings, and policies are compared pair by pair', () => {
    const pairs = Array.from({ length: 12 }, (_, number) => ({ name: `p${number}`, kind: 'cued', rate: 0.25 }));
    const recordings = pairs.flatMap((twin) => [
      truth(`${twin.name}a`, [0, 1], { twin }),
      truth(`${twin.name}b`, [0, 0], { twin }),
    ]);
    // The first tells all apart but by less than the pairs differ; the second tells none.
    const told = recordings.map((_, index) => made([0, (index >> 1) / 20 + (index % 2 === 0 ? 0.01 : 0)]));
    const blind = recordings.map(() => made([0.5, 0.5]));
    const policies = [
      { policy: 'told', recordings: told },
      { policy: 'blind', recordings: blind },
    ];
    const { rows, differences } = evaluated({ recordings, policies });
    expect(rows.map(({ auc, aucMicro }) => [auc, aucMicro])).toEqual([
      [1, null],
      [0.5, null],
    ]);
    expect(differences).toEqual([{ first: 'told', second: 'blind', difference: 0.5, bounds: [0.5, 0.5] }]);
  });
});

describe('many recordings', () => {
  const recordings = Array.from({ length: 40 }, (_, index) =>
    truth(`r${index}`, index % 2 === 0 ? [0, 0, 1, 1] : [0, 0, 0, 0]),
  );
  const good = recordings.map(({ labels }, index) =>
    made([...(labels ?? [])].map((label) => label * 0.5 + ((index * 7) % 10) / 12)),
  );
  const constant = recordings.map(() => made([0.5, 0.5, 0.5, 0.5]));
  const figures = evaluated({
    recordings,
    policies: [
      { policy: 'good', recordings: good },
      { policy: 'constant', recordings: constant },
    ],
  });

  test('intervals hold what they are of, and a constant has none', () => {
    const [row, flat] = figures.rows;
    expect(row?.interval.over).toBe('recordings');
    expect(row?.interval.aucMicro?.[0]).toBeLessThan(row?.aucMicro ?? 0);
    expect(row?.interval.aucMicro?.[1]).toBeGreaterThan(row?.aucMicro ?? 1);
    expect(flat?.aucMicro).toBe(0.5);
    expect(flat?.interval.aucMicro).toEqual([0.5, 0.5]);
  });

  test('shuffled labels are not predicted', () => {
    expect(figures.rows[0]?.controls.shuffled).toBeCloseTo(0.5, 1);
    expect(figures.rows[1]?.controls.shuffled).toBe(0.5);
  });

  test('differences are paired', () => {
    const [difference] = figures.differences;
    expect(difference).toMatchObject({ first: 'good', second: 'constant' });
    expect(difference?.difference).toBeCloseTo((figures.rows[0]?.aucMicro ?? 0) - 0.5, 12);
    expect(difference?.bounds[0]).toBeGreaterThan(0);
  });

  test('the same input gives the same figures', () => {
    expect(rowFor(recordings, good)).toEqual({ ...figures.rows[0], policy: 'p' });
  });
});

test('curves are thinned to their peaks and keep their ends', () => {
  const frames = 5000;
  const labels = Array.from({ length: frames }, (_, frame) => (frame > 4000 ? 1 : 0));
  const scores = labels.map((label, frame) => (frame === 2503 ? 1 : (label + (frame % 97) / 97) / 2.1));
  const { recordings, curves } = evaluated({
    recordings: [truth('long', labels)],
    policies: [{ policy: 'p', recordings: [made(scores)] }],
  });
  const curve = recordings[0]?.assessments[0]?.curve ?? [];
  expect(curve).toHaveLength(1000);
  expect(Math.max(...curve)).toBe(1);
  expect(curves[0]?.roc.length).toBeLessThanOrEqual(501);
  expect([curves[0]?.roc[0], curves[0]?.roc.at(-1)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(curves[0]?.precisionRecall.at(-1)?.[0]).toBe(1);
});

test('scores outside of [0, 1] count as they are and are drawn at its bounds', () => {
  const { rows, recordings } = evaluated({
    recordings: [truth('refused', [0, 1, 1])],
    policies: [{ policy: 'p', recordings: [made([-1, 0, 7])] }],
  });
  expect(rows[0]?.aucMicro).toBe(1);
  expect(recordings[0]?.assessments[0]).toMatchObject({ score: 1, curve: [0, 0, 1] });
});

test('smoothing is the same Gaussian for all, in seconds of each recording', () => {
  const recordings = [truth('peak', [0, 0, 1, 0, 0], { seconds: 2.5 })];
  const policies = [{ policy: 'p', recordings: [made([0, 0, 1, 0, 0])] }];
  const smooth = evaluated({ recordings, policies, smoothing: 0.5 }).recordings[0]?.assessments[0]?.curve;
  // Half a second is one frame here: weights 1, e^-½, e^-2 inside the recording.
  const [one, two] = [Math.exp(-0.5), Math.exp(-2)];
  expect(smooth?.[2]).toBeCloseTo(1 / (1 + 2 * one + 2 * two), 4);
  expect(evaluated({ recordings, policies }).recordings[0]?.assessments[0]?.curve).toEqual([0, 0, 1, 0, 0]);
});

test('the control of smoothing is the figure before it, and there is none where nothing was smoothed', () => {
  const recordings = [truth('a', [0, 0, 1, 1, 0, 0]), truth('b', [0, 0, 0, 0, 0, 0])];
  const scores = [made([0, 0, 0.9, 0.2, 0, 0]), made([0, 0.5, 0, 0, 0, 0])];
  const plain = rowFor(recordings, scores);
  expect(plain.controls).not.toHaveProperty('unsmoothed');
  const smooth = rowFor(recordings, scores, { smoothing: 1 });
  expect(smooth.controls.unsmoothed).toBe(plain.aucMicro);
  expect(smooth.aucMicro).not.toBe(plain.aucMicro);
  const clips = [clip('a', true), clip('b', false), clip('c', false)];
  const one = rowFor(clips, [made([0.4]), made([0.5]), made([0.1])], { smoothing: 1 });
  expect(one.controls.unsmoothed).toBe(0.5);
});

test('recordings of one source are drawn together when policies are compared', () => {
  // In each of six sources both policies are right or wrong as a whole: sixty recordings witness as six.
  const recordings = Array.from({ length: 60 }, (_, index) =>
    clip(`r${index}`, index % 2 === 0, { source: Math.floor(index / 10) }),
  );
  const scores = (source: number, isAnomalous: boolean) => (isAnomalous === source < 4 ? 0.9 : 0.1);
  const first = recordings.map(({ isAnomalous, source }) => made([scores(source ?? 0, isAnomalous)]));
  const second = recordings.map(() => made([0.5]));
  const policies = [
    { policy: 'first', recordings: first },
    { policy: 'second', recordings: second },
  ];
  const width = (of: TrueRecording[]) => {
    const [found] = evaluated({ recordings: of, policies }).differences;
    expect(found?.difference).toBeGreaterThan(0.05);
    return (found?.bounds[1] ?? NaN) - (found?.bounds[0] ?? NaN);
  };
  expect(width(recordings)).toBeGreaterThan(2 * width(recordings.map((each) => ({ ...each, source: null }))));
});
