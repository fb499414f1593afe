import { describe, expect, test } from 'vitest';
import type { PolicyView, ViewLook } from '../../policy.ts';
import { tokens } from '../../grammar.ts';
import { sigmoid } from '../../../math/logistic.ts';
import { testLexicon } from '../../testing/lexicon.ts';
import { rows } from './nano-config.ts';
import { suspicionPositions } from './sequence.ts';

const lookAt = (start: number, interval: number): ViewLook => ({
  ...{ interval, purpose: 'opening-look' },
  frames: Array.from({ length: 8 }, (_, frame) => ({ offset: start + frame * interval, sight: 1, reread: false })),
  observation: { kind: 'caption', segments: [] },
});

const viewOf = (looks: readonly ViewLook[], evidence: readonly (readonly number[])[]): PolicyView => ({
  ...{ question: [], lexicon: testLexicon, classes: ['normal', 'unusual'], looks, activity: [] },
  ...{ focusSeconds: 128, thoughts: [], taken: [], framesLeft: 20, stepsLeft: 5, mustEnd: false },
  belief: { prior: -4, probabilities: { normal: 0.5, unusual: 0.5 }, evidence },
  chargeOf: () => ({ frames: 0, allowed: true }),
  allowedTokens: () => [],
});

describe('what stands out, as the net is told each turn', () => {
  test('four moments, the likeliest first and each at its time', () => {
    const view = viewOf([lookAt(0, 16)], [[-6, -5, 2, -4, -7, 0.5, -3, -8]]);
    const positions = suspicionPositions(view, (offset) => 100 + offset, 7);
    expect(positions.map(({ time }) => time)).toEqual([132, 180, 196, 148]);
    expect(positions[0]?.soft?.features[0]).toBeCloseTo(sigmoid(2), 6);
    for (const { rows: own, group } of positions)
      expect({ own, group }).toEqual({ own: [rows.peak, expect.any(Number), expect.any(Number)], group: 7 });
    // A close look at 32 s begins at 16 s, since these are captions: two times eight seconds, and no half ones.
    expect(positions[0]?.rows.slice(1)).toEqual([tokens.coarse + 16 + 2, tokens.fine]);
  });

  test('a closer look at one moment leaves the others to be seen, and tells how closely it was seen', () => {
    const evidence = [
      [-6, -5, 2, -4, -7, 0.5, -3, -8],
      [-1, 1, 3, 4, 3.5, 1, 0, -1],
    ];
    const positions = suspicionPositions(viewOf([lookAt(0, 16), lookAt(28, 1)], evidence), (offset) => offset, 0);
    // Where to look next comes first. Of what was seen closely the strongest frame is at 31 s; the others are the same moment.
    expect(positions.map(({ time }) => time)).toEqual([80, 96, 48, 16, 31]);
    expect(positions.map(({ soft }) => soft?.features[2])).toEqual([1, 1, 1, 1, 0]);
    expect(positions.map(({ rows: own }) => own.length)).toEqual([3, 3, 3, 3, 2]);
    expect(positions.at(-1)?.rows).toEqual([rows.turn, rows.peak]);
  });

  test('nothing before anything was looked at', () => {
    expect(suspicionPositions(viewOf([], []), (offset) => offset, 0)).toEqual([]);
  });
});
