import { describe, expect, it } from 'vitest';
import { driftAt, normalAt, rememberedAt, uniformAt } from './noise.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => value ** 2)) - mean(values) ** 2;
const correlation = (a: readonly number[], b: readonly number[]) =>
  (mean(a.map((value, index) => value * (b[index] ?? 0))) - mean(a) * mean(b)) / Math.sqrt(variance(a) * variance(b));
const many = Array.from({ length: 20_000 }, (_, index) => index);

describe('noise by place', () => {
  it('is uniform, and normal with mean 0 and variance 1', () => {
    const uniform = many.map((index) => uniformAt(7, index));
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(variance(uniform)).toBeCloseTo(1 / 12, 2);
    const normal = many.map((index) => normalAt(7, index));
    expect(Math.abs(mean(normal))).toBeLessThan(0.03);
    expect(Math.abs(variance(normal) - 1)).toBeLessThan(0.04);
    expect(normal.filter((value) => value > 1.645).length / many.length).toBeCloseTo(0.05, 2);
  });

  it('is another for another key and for a neighbour', () => {
    const [one, other] = [1, 2].map((key) => many.map((index) => normalAt(key, index)));
    expect(Math.abs(correlation(one ?? [], other ?? []))).toBeLessThan(0.03);
    expect(Math.abs(correlation(one?.slice(1) ?? [], one?.slice(0, -1) ?? []))).toBeLessThan(0.03);
  });

  it('drifts without jumps, with variance 1 at every time', () => {
    for (const part of [0, 0.3, 0.5]) {
      const values = many.map((key) => driftAt(key, 4 + 2 * part, 2));
      expect(Math.abs(variance(values) - 1)).toBeLessThan(0.05);
    }
    const steps = many
      .slice(0, 2000)
      .map((step) => Math.abs(driftAt(3, step / 1000 + 0.001, 2) - driftAt(3, step / 1000, 2)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
  });

  it('remembers as much as it is told to', () => {
    const at = (time: number, frame: number) =>
      many.map((key) => rememberedAt(key, time, frame, { stays: 0.4, drifts: 0.3 }));
    const now = at(10, 100);
    expect(Math.abs(variance(now) - 1)).toBeLessThan(0.05);
    // A minute later only what stays is the same; in the next frame what drifts is too.
    expect(correlation(now, at(70, 700))).toBeCloseTo(0.4, 1);
    expect(correlation(now, at(10.0001, 101))).toBeCloseTo(0.7, 1);
  });
});
