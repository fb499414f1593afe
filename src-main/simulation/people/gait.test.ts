import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaitPose, strideLength, type Gait } from './gait.ts';
import { ankleHeight, poseFields } from './pose.ts';

const gait = fc.constantFrom<Gait>('walk', 'run');
const phase = fc.double({ min: -20, max: 20, noNaN: true });

describe('gaitPose', () => {
  it('repeats after one stride', () => {
    fc.assert(
      fc.property(gait, phase, (kind, at) => {
        const [now, later] = [gaitPose(kind, at, 0.8), gaitPose(kind, at + 1, 0.8)];
        for (const field of poseFields) expect(later[field]).toBeCloseTo(now[field], 6);
      }),
    );
  });

  it('does half a stride later with the other leg and arm what it did with this', () => {
    fc.assert(
      fc.property(gait, phase, (kind, at) => {
        const [now, later] = [gaitPose(kind, at, 0.8), gaitPose(kind, at + 0.5, 0.8)];
        expect(later.leftFootForward).toBeCloseTo(now.rightFootForward, 6);
        expect(later.leftFootUp).toBeCloseTo(now.rightFootUp, 6);
        expect(later.rightElbow).toBeCloseTo(now.leftElbow, 6);
        expect(later.turn).toBeCloseTo(-now.turn, 1);
      }),
    );
  });

  it('keeps a standing foot where it was put down while the body passes over it', () => {
    for (const kind of ['walk', 'run'] as const) {
      const stride = kind === 'walk' ? 0.8 : 1.6;
      const flat = kind === 'walk' ? 0.36 : 0.22;
      const places = Array.from({ length: 20 }, (_, step) => {
        const at = (flat * step) / 20;
        return stride * at + gaitPose(kind, at, stride).rightFootForward;
      });
      expect(Math.max(...places) - Math.min(...places)).toBeLessThan(1e-9);
    }
  });

  it('never puts a foot into the ground', () => {
    fc.assert(
      fc.property(gait, phase, (kind, at) => {
        expect(gaitPose(kind, at, 0.8).rightFootUp).toBeGreaterThanOrEqual(ankleHeight - 1e-9);
      }),
    );
  });

  it('carries the body without jolts, twice up and down per stride', () => {
    for (const kind of ['walk', 'run'] as const) {
      const stride = kind === 'walk' ? 0.8 : 1.6;
      const heights = Array.from({ length: 201 }, (_, step) => gaitPose(kind, step / 200, stride).pelvisHeight);
      const changes = heights.slice(1).map((height, index) => height - (heights[index] ?? 0));
      expect(Math.max(...changes.map(Math.abs))).toBeLessThan(0.002);
      const turns = changes.filter((change, index) => change > 0 && (changes[index - 1] ?? changes.at(-1) ?? 0) <= 0);
      expect(turns).toHaveLength(2);
    }
  });

  it('walks slower with shorter strides', () => {
    expect(strideLength('walk', 0.8, 1.75)).toBeLessThan(strideLength('walk', 1.6, 1.75));
    // People of average height take about 1.4 m per stride at 1.35 m/s.
    expect(strideLength('walk', 1.35, 1.75)).toBeCloseTo(1.4, 1);
  });
});
