import { describe, expect, test } from 'vitest';
import { upgradeTrajectory } from '../../contract/trajectory.ts';
import { policyNames } from '../../inquiry/policies/index.ts';
import { assessReplay, replayComparators } from './assess-replay.ts';
import { readReplayFile, type ReplayRecording } from './replay-file.ts';
import { replayWorld } from './replay-world.ts';

interface Written {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly caption?: string;
}

/** 10 frames a second; segments of `seconds` each, as their scores, with the last frame included. */
const evenly = (seconds: number, scores: readonly number[]): Written[] =>
  scores.map((score, index) => ({
    ...{ start: index * seconds * 10, end: (index + 1) * seconds * 10 - 1, score },
    caption: `${String(seconds)} s, number ${String(index)}`,
  }));

function recordingOf(coarse: readonly Written[], fine: readonly Written[], seconds: number): ReplayRecording {
  const line = {
    video: 'A',
    fps: 10,
    frames: 10 * seconds,
    class: 'Abuse',
    anomalies: [[1, 2]],
    levels: { coarse, fine },
  };
  const [recording] = readReplayFile(JSON.stringify(line), 'f');
  if (recording === undefined) throw new TypeError('no recording');
  return recording;
}

/** 64 s: four coarse segments, sixteen fine ones, of which the last four are a coarse one and its twin. */
const plain = recordingOf(
  evenly(16, [0, 0.2, 0.9, 0]),
  evenly(
    4,
    Array.from({ length: 16 }, (_, at) => at / 16),
  ),
  64,
);

describe('the replay world', () => {
  test('R1: shows coarse segments to coarse looks and fine ones to fine looks', async () => {
    const world = replayWorld(plain);
    // Fine segments of 4 s on average, which is what the frames of lattice level 5 are apart.
    const captions = async (level: number, times: readonly number[]) => {
      const { view } = world.describe(await world.observe(times, level), 0, 64, 1);
      return view;
    };
    expect(await captions(6, [0, 15.9, 16])).toEqual({
      kind: 'caption',
      segments: [
        { caption: '16 s, number 0', score: 0, frames: [0, 1] },
        { caption: '16 s, number 1', score: 0.2, frames: [2] },
      ],
    });
    expect(await captions(5, [5, 63])).toEqual({
      kind: 'caption',
      segments: [
        { caption: '4 s, number 1', score: 1 / 16, frames: [0] },
        { caption: '4 s, number 15', score: 15 / 16, frames: [1] },
      ],
    });
    expect(world.activity.activity.every((level) => level === 0)).toBe(true);
  });

  test('R2, W2: a segment has one key wherever a look falls on it, and so have twins', () => {
    const twins = recordingOf(
      evenly(16, [0, 0.5]),
      [...evenly(4, [0, 0, 0, 0]), { start: 160, end: 319, score: 0.7 }],
      32,
    );
    const world = replayWorld(twins);
    expect(world.keyOf(17, 7)).toBe(world.keyOf(31.9, 0));
    expect(world.keyOf(1, 7)).not.toBe(world.keyOf(1, 0));
    expect(world.keyOf(1, 0)).toBe(world.keyOf(3.9, 0));
  });

  test('P5: a refusal and what no segment covers say nothing', async () => {
    const gaps = recordingOf([{ start: 0, end: 99, score: -1 }], [{ start: 0, end: 99, score: -1 }], 20);
    const { trajectories, scores } = await assessReplay(gaps, 'dense', 1);
    const evidence = trajectories.flatMap(({ looks }) => looks.flatMap((look) => look.evidence));
    expect(new Set(evidence)).toEqual(new Set([trajectories[0]?.steps[0]?.belief.prior]));
    for (const score of scores) expect(score).toBeCloseTo(0.02, 6);
    expect((await assessReplay(gaps, 'coarse', 1)).scores[0]).toBe(-1);
  });
});

describe('policies over a replay', () => {
  test.each(policyNames)('%s: the trajectory is of the same format, and the same again', async (name) => {
    const first = await assessReplay(plain, name, 4);
    expect(await assessReplay(plain, name, 4)).toEqual(first);
    expect(first.scores).toHaveLength(640);
    for (const trajectory of first.trajectories) {
      expect(upgradeTrajectory(JSON.parse(JSON.stringify(trajectory)))).toEqual(trajectory);
      const { newFrames, rereadFrames } = trajectory.costs;
      expect(newFrames + rereadFrames / 4).toBeLessThanOrEqual(trajectory.budget.frames);
    }
    expect(first.steps.FINAL).toBe(first.trajectories.length);
  });

  test('R2: a policy pays for segments, not for frames: `uniform` with the budget of all coarse ones sees them all', async () => {
    const { segmentsNew, segments, scores } = await assessReplay(plain, 'uniform', 1);
    expect({ segmentsNew, segments }).toEqual({ segmentsNew: 4, segments: 20 });
    const best = scores.indexOf(Math.max(...scores));
    // Frames 8 s apart: the highest score lies in the third segment, from 32 s to 48 s.
    expect(best >= 320 && best < 480).toBe(true);
  });

  test('a share of all segments is what an episode may cost, one at least', async () => {
    const seenAt = async (share: number) => (await assessReplay(plain, 'rules', 1, { share })).segmentsNew;
    expect(await seenAt(0.01)).toBe(1);
    expect(await seenAt(0.15)).toBe(3);
    expect(await seenAt(0.2)).toBe(4);
  });

  test('what an episode leaves of the share is there for the next one, and never more than the share', async () => {
    // 256 s: two episodes of eight segments a level.
    const long = recordingOf(evenly(16, Array(16).fill(0.5)), evenly(16, Array(16).fill(0.5)), 256);
    for (const share of [0.05, 0.1, 0.3]) {
      const { trajectories, segments } = await assessReplay(long, 'rules', 1, { share });
      expect(segments).toBe(32);
      const [first, second] = trajectories.map(({ budget, costs }) => ({
        budget: budget.frames,
        paid: costs.newFrames + costs.rereadFrames / 4,
      }));
      expect(first?.budget).toBe(Math.round(share * 16));
      expect(second?.budget).toBe(Math.round(share * 32 - (first?.paid ?? NaN)));
    }
  });

  test.each(policyNames)('%s does with a part of the opening look', async (name) => {
    const long = recordingOf(evenly(8, Array(16).fill(0.5)), evenly(8, Array(16).fill(0.5)), 128);
    for (const share of [0.04, 0.07, 0.1]) {
      const { trajectories } = await assessReplay(long, name, 1, { share });
      expect(trajectories.map(({ steps }) => steps.at(-1)?.action?.operator)).toEqual(['FINAL']);
    }
  });

  test('`tree` spends where a coarse look leaves it open', async () => {
    const { trajectories } = await assessReplay(plain, 'tree', 1, { share: 0.8 });
    const closer = trajectories.flatMap(({ looks }) => looks.filter(({ purpose }) => purpose === 'closer-look'));
    // The opening look saw all coarse segments: 0.2 in the first half leaves more open than 0.9 in the second.
    expect(closer.map(({ start }) => start)[0]).toBe(0);
    expect(closer[0]?.observation).toMatchObject({
      segments: [{ caption: '4 s, number 0' }, {}, {}, {}, {}, {}, {}, {}],
    });
  });

  test.each([
    ['coarse', 4, 0],
    ['fine', 16, 0],
    ['mean', 20, 0],
    ['every-2', 2, 0],
    ['every-3', 2, 0],
  ] as const)('%s reads %i segments', async (name, segmentsNew, segmentsReread) => {
    expect(replayComparators).toContain(name);
    expect(await assessReplay(plain, name, 1)).toMatchObject({ segmentsNew, segmentsReread, trajectories: [] });
  });

  test('a comparator reads straight lines between the segments that it reads', async () => {
    const { scores } = await assessReplay(plain, 'every-2', 1);
    // Segments 0 and 2, whose middles are frames 79.5 and 399.5.
    expect(scores[0]).toBe(0);
    expect(scores[240]).toBeCloseTo((0.9 * (240 - 79.5)) / 320, 6);
    expect(scores[639]).toBeCloseTo(0.9, 6);
  });
});
