import { describe, expect, it } from 'vitest';
import type { Claim } from '../contract/claim.ts';
import { englishFor } from '../contract/wording/en.ts';
import type { AttributeName } from '../perception/attributes.ts';
import { explain } from './explanation.ts';
import type { TakenLook } from './taken-look.ts';

interface Shown {
  readonly value: number;
  readonly frames?: readonly number[];
  readonly percentile?: number;
  readonly place?: { x: number; y: number; width: number; height: number };
}

/** A look of 4 s from `start` after the anchor, at which each attribute rests on all frames or those named. */
function look(
  start: number,
  attributes: Partial<Record<AttributeName, Shown>>,
  saw: TakenLook['observation']['saw'],
): TakenLook {
  return {
    step: 1,
    purpose: 'activity-peak',
    plan: { level: 2, start, times: [] },
    frames: Array.from({ length: 8 }, (_, index) => ({
      asked: start + index / 2,
      sight: { start: start + index / 2, end: start + (index + 1) / 2 },
      time: 1000 + start + index / 2,
      reread: false,
    })),
    observation: {
      kind: 'perception',
      saw,
      vector: new Float32Array(),
      attributes: Object.entries(attributes).map(([name, { value, frames, percentile, place }]) => ({
        name,
        value,
        percentile: percentile ?? null,
        frames: frames ?? [0, 1, 2, 3, 4, 5, 6, 7],
        place: place ?? null,
      })),
    },
    stored: { kind: 'perception', saw: [...saw], attributes: [] },
  };
}

const fight: Partial<Record<AttributeName, Shown>> = {
  persons: { value: 3 },
  'person-gap': { value: 0 },
  motion: { value: 0.1, place: { x: 0, y: 0.7, width: 0.2, height: 0.3 } },
  'motion-coherence': { value: 0.3, frames: [0] },
};
const claimsOf = (looks: readonly TakenLook[], span = { start: 1, end: 3, score: 0.9 }) =>
  explain({ span, class: 'fight', anchor: 1000, looks, seen: [{ start: 0, end: 4 }] });
const kinds = (claims: readonly Claim[]) => claims.map(({ kind }) => kind);

describe('explanations', () => {
  it('C1: rest on frames of the interval, every claim of them', () => {
    const claims = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    expect(kinds(claims)).toEqual(['what', 'who', 'when', 'where', 'measured', 'found-by']);
    for (const { evidence } of claims) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const time of evidence) expect(time >= 1001 && time < 1003).toBe(true);
    }
  });

  it('C1: say nothing of what was measured outside the interval', () => {
    const claims = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    const measured = claims.flatMap((claim) => (claim.kind === 'measured' ? [claim.args.attribute] : []));
    // The coherence rests on the first frame, which lies before the interval.
    expect(measured).toEqual(['motion']);
  });

  it('C1: are empty where no frame lies in the interval', () => {
    expect(claimsOf([look(20, fight, ['motion'])])).toEqual([]);
    expect(claimsOf([])).toEqual([]);
  });

  it('C2: call nothing unusual for the camera without percentiles', () => {
    const plain = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    expect(englishFor.explanation(plain)).not.toMatch(/this camera/);
    const known = { ...fight, motion: { value: 0.1, percentile: 0.99 } };
    const claims = claimsOf([look(0, known, ['motion', 'persons', 'objects'])]);
    expect(englishFor.explanation(claims)).toMatch(/Motion more unusual than 99 % of what this camera shows/);
  });

  it('C3: speak of nobody without the nets, and say that they were not there', () => {
    const claims = claimsOf([look(0, { motion: { value: 0.3 }, 'motion-coherence': { value: 0.2 } }, ['motion'])]);
    expect(kinds(claims)).toContain('limit');
    expect(englishFor.explanation(claims)).toMatch(/no net was there/);
    expect(englishFor.explanation(claims)).not.toMatch(/person|vehicle|someone/);
  });

  it('C4: say which bound is open', () => {
    const claims = explain({
      span: { start: 0, end: 3, score: 0.7 },
      class: 'fight',
      anchor: 1000,
      looks: [look(0, fight, ['motion', 'persons', 'objects'])],
      seen: [{ start: 0, end: 4 }],
    });
    expect(claims.find(({ kind }) => kind === 'when')?.args).toMatchObject({
      openStart: true,
      openEnd: false,
      start: 1000,
      end: 1003,
    });
    expect(englishFor.explanation(claims)).toMatch(/what came before was not seen/);
  });

  it('name the innocent readings that were measured', () => {
    const shaken = { ...fight, 'light-change': { value: 0 }, 'camera-moved': { value: 0.1 } };
    expect(englishFor.explanation(claimsOf([look(0, shaken, ['motion', 'persons', 'objects'])]))).toMatch(
      /The light did not change\. The camera moved, which may be all there is to it\./,
    );
  });
});
