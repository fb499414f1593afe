import { describe, expect, test } from 'vitest';
import { judgedEntries } from '../../../perception/window-dynamics.ts';
import { windowVectorIndex } from '../../../perception/window-layout.ts';
import { watcherOf } from '../../testing/scripted-watcher.ts';
import { runEpisode } from '../../run-episode.ts';
import { defaultNanoWords, modalities } from './nano-config.ts';
import { openNano } from './nano-net.ts';
import { nanoPolicy } from './nano-policy.ts';
import { decodeNano, encodeNano, randomWeights } from './nano-weights.ts';
import type { Position } from './sequence.ts';
import { contextToken } from './soft-tokens.ts';
import { dynamicsIn, windowHeadLogit, type WindowHead } from './window-head.ts';

/** A head to which entries are as they come, with one weight, that of the mean speed of the picture. */
const headOf = (ofSpeed: number, bias: number): WindowHead => ({
  scale: { means: judgedEntries.map(() => 0), factors: judgedEntries.map(() => 1) },
  weights: judgedEntries.map(({ name }) => (name === 'speed:mean' ? ofSpeed : 0)),
  bias,
  home: Array.from({ length: judgedEntries.length + 1 }, () => 0),
});

const [speed, known] = ['speed:mean', 'speed:share'].map(windowVectorIndex) as [number, number];

/** The position of a look in which the picture's speed is known, or is not. */
function lookWith(value: number | null): Position {
  const features = new Float32Array(modalities.window);
  features[speed] = value ?? 0;
  features[known] = value === null ? 0 : 1;
  return { rows: [], soft: { modality: 'window', features }, time: 0, group: 0 };
}
const context: Position = { rows: [], soft: contextToken([]), time: null, group: 0 };
const head = headOf(4, -1);

describe('the head on windows', () => {
  test('is told the mean of what the looks know, and adds nothing where there is no look', () => {
    expect(windowHeadLogit(head, [context, lookWith(0.25), lookWith(0.75), lookWith(null)])).toBeCloseTo(
      4 * 0.5 - 1,
      6,
    );
    expect(windowHeadLogit(head, [lookWith(null)])).toBe(-1);
    expect(windowHeadLogit(head, [context])).toBe(0);
    expect(windowHeadLogit(undefined, [lookWith(0.5)])).toBe(0);
  });

  test('it counts as far as things move as in what it was learned from, and never more than wholly', () => {
    const atHome = { ...head, home: [...judgedEntries.map(({ name }) => (name === 'speed:mean' ? 2 : 0)), -1] };
    const share = (speed: number) =>
      windowHeadLogit(atHome, [lookWith(speed)]) / windowHeadLogit(head, [lookWith(speed)]);
    expect(share(0.1)).toBeCloseTo(Math.exp(-0.8), 5);
    expect(share(0.4)).toBeCloseTo(Math.exp(-0.2), 5);
    expect(share(0.9)).toBe(1);
  });

  test('a head of before that counts everywhere, as it did', () => {
    const size = { width: 32, layers: 1, heads: 2 };
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'window-head.test') };
    const text = Buffer.from(encodeNano({ ...model, head })).toString('latin1');
    const before = Buffer.from(
      text.replace(`"head":${4 * judgedEntries.length + 2}`, '"head":true').slice(0, -4 * (judgedEntries.length + 1)),
      'latin1',
    );
    expect(windowHeadLogit(decodeNano(before).head, [lookWith(0.375)])).toBe(windowHeadLogit(head, [lookWith(0.375)]));
  });

  test('what no look knows is NaN', () => {
    const dynamics = Array.from(dynamicsIn([lookWith(0.5)]) ?? []);
    // Mean, low and high of the speed.
    expect(dynamics.filter((value) => !Number.isNaN(value))).toEqual([0.5, 0, 0]);
    expect(dynamicsIn([context])).toBeNull();
  });

  test('it is kept with the weights, to the last bit of a float; without one the bytes are what they were', () => {
    const size = { width: 32, layers: 1, heads: 2 };
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'window-head.test') };
    const bytes = encodeNano({ ...model, head });
    const again = decodeNano(bytes);
    expect(encodeNano(again)).toEqual(bytes);
    expect(windowHeadLogit(again.head, [lookWith(0.375)])).toBe(windowHeadLogit(head, [lookWith(0.375)]));
    expect(again.weights).toEqual(model.weights);
    expect(decodeNano(encodeNano(model)).head).toBeUndefined();
    expect(() => decodeNano(bytes.subarray(0, -4))).toThrow('bytes');
  });

  test('P6: the evidence of what was looked at rises by it, unless only some incidents are asked for', async () => {
    const size = { width: 32, layers: 2, heads: 2 };
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'window-head.test') };
    const evidence: (readonly number[])[] = [];
    const raising = { ...model, head: headOf(0, 2) };
    for (const [own, question] of [
      [model, []],
      [raising, []],
      [model, ['fall']],
      [raising, ['fall']],
    ] as const) {
      await using net = await openNano(own, { provider: 'cpu', threads: 1 });
      const { trajectory } = await runEpisode({
        policy: nanoPolicy(net, { version: 'test', choose: 'greedy' }),
        ...{ watcher: watcherOf({ seconds: 60, incidents: [{ start: 20, end: 30 }] }), episode: { start: 0, end: 60 } },
        ...{ budget: { frames: 8, steps: 2, seconds: 300 }, seed: 1, question },
      });
      evidence.push(trajectory.looks[0]?.evidence ?? []);
    }
    const [alone = [], raised = [], asked, askedOfBoth] = evidence;
    expect(alone.length).toBeGreaterThan(0);
    // By what the head says of the look, and by half of what all looks together taught.
    for (const [frame, logit] of raised.entries()) expect(logit).toBeCloseTo((alone[frame] ?? NaN) + 2 + 1, 4);
    expect(askedOfBoth).toEqual(asked);
  });
});
