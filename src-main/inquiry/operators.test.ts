import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesPerLook, intervalOfLevel, spanOfLevel, ticksPerSecond, tickOf } from './lattice.ts';
import { chargeOfPlan, framesCharged, openingPlan, planOf, type LookAction, type PlanContext } from './operators.ts';
import { distances, factors, rates } from './grammar.ts';
import { thinned } from './sampling.ts';

const half = (min: number, max: number) => fc.integer({ min: 2 * min, max: 2 * max }).map((step) => step / 2);
const context: fc.Arbitrary<PlanContext> = fc
  .record({
    start: fc.integer({ min: -127, max: 0 }),
    length: fc.double({ min: 0.5, max: 128, noNaN: true }),
    focus: fc.integer({ min: -800, max: 800 }).map((tick) => tick / 8),
    span: fc.constantFrom(1, 2, 3, 4, 8, 16, 24, 64, 128),
  })
  .map(({ start, length, focus, span }) => ({
    episode: { start, end: start + length },
    focus: { start: focus, end: focus + span },
  }));
const action: fc.Arbitrary<LookAction> = fc.oneof(
  fc.constantFrom(...distances).map((distance) => ({ operator: 'BACKTRACK' as const, distance })),
  fc.constantFrom(...factors).map((factor) => ({ operator: 'EXPAND' as const, factor })),
  fc
    .tuple(half(-128, 100), half(0.5, 35), fc.constantFrom(...rates))
    .map(([start, length, rate]) => ({ operator: 'SAMPLE' as const, start, end: start + length, rate })),
);

describe('plans', () => {
  it('L1, L2, L3: are looks of at most 8 frames on the lattice, inside the episode', () => {
    fc.assert(
      fc.property(context, action, (where, what) => {
        for (const { level, start, times } of planOf(what, where).looks) {
          expect(level >= 0 && level <= 7 && Number.isInteger(level)).toBe(true);
          expect(Number.isInteger(start / intervalOfLevel(level))).toBe(true);
          expect(times.length).toBeLessThanOrEqual(framesPerLook);
          expect(times.every((time) => time >= where.episode.start && time < where.episode.end)).toBe(true);
          expect(times.every((time) => Number.isInteger(time * ticksPerSecond))).toBe(true);
        }
      }),
    );
  });

  it('L2: the frames of a coarser look are among those of finer ones over the same window', () => {
    fc.assert(
      fc.property(
        context,
        half(-60, 60),
        half(1, 30),
        fc.integer({ min: 1, max: 7 }),
        (where, start, length, index) => {
          const ticks = (rate: number) =>
            planOf({ operator: 'SAMPLE', start, end: start + length, rate }, where).looks.flatMap(({ times }) =>
              times.map(tickOf),
            );
          const window = { start: where.focus.start + start, end: where.focus.start + start + length };
          const fine = new Set(ticks(rates[index] ?? 1));
          const coarse = ticks(rates[index - 1] ?? 1).filter(
            (tick) => tick / 8 >= window.start && tick / 8 < window.end,
          );
          expect(coarse.every((tick) => fine.has(tick))).toBe(true);
        },
      ),
    );
  });

  it('O1: BACKTRACK looks at the window of the same length before the focus', () => {
    const where = { focus: { start: 8, end: 12 }, episode: { start: -64, end: 64 } };
    const plan = planOf({ operator: 'BACKTRACK', distance: 2 }, where);
    expect(plan).toMatchObject({ focus: { start: 0, end: 4 }, looks: [{ level: 2, start: 0 }] });
  });

  it('O2: EXPAND widens around the middle and takes as many frames', () => {
    const where = { focus: { start: 8, end: 12 }, episode: { start: -64, end: 64 } };
    const plan = planOf({ operator: 'EXPAND', factor: 4 }, where);
    expect(plan.focus).toEqual({ start: 2, end: 18 });
    expect(plan.looks.map(({ times }) => times.length)).toEqual([8]);
    const wide = planOf({ operator: 'EXPAND', factor: 16 }, { ...where, focus: { start: 0, end: 64 } });
    expect(wide.looks[0]?.level).toBe(7);
  });

  it('O3: SAMPLE covers its window inside the episode, to within a sampling interval', () => {
    fc.assert(
      fc.property(context, half(-20, 20), half(0.5, 20), fc.constantFrom(...rates), (where, start, length, rate) => {
        const window = {
          start: Math.max(where.episode.start, where.focus.start + start),
          end: Math.min(where.episode.end, where.focus.start + start + length),
        };
        const { focus } = planOf({ operator: 'SAMPLE', start, end: start + length, rate }, where);
        fc.pre(window.end - window.start > 1 / rate && focus !== null);
        expect(focus?.start).toBeLessThanOrEqual(window.start + 1 / rate);
        expect(focus?.end).toBeGreaterThanOrEqual(window.end);
      }),
    );
  });

  it('shows nothing where all of it lies outside the episode', () => {
    const where = { focus: { start: 0, end: 4 }, episode: { start: 0, end: 10 } };
    expect(planOf({ operator: 'BACKTRACK', distance: 8 }, where)).toEqual({ looks: [], focus: null });
    expect(planOf({ operator: 'SAMPLE', start: 20, end: 30, rate: 1 }, where)).toEqual({ looks: [], focus: null });
  });

  it('O5: the opening look spreads at most 8 frames over all of the episode', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -127, max: 0 }),
        fc.double({ min: 0.2, max: 128, noNaN: true }),
        (start, length) => {
          const { looks } = openingPlan({ start, end: start + length });
          expect(looks).toHaveLength(1);
          const [look] = looks;
          const interval = intervalOfLevel(look?.level ?? 0);
          expect(spanOfLevel(look?.level ?? 0)).toBeGreaterThanOrEqual(length);
          expect((look?.times[0] ?? Infinity) - start).toBeLessThan(interval);
          expect(start + length - (look?.times.at(-1) ?? -Infinity)).toBeLessThanOrEqual(2 * interval);
        },
      ),
    );
  });

  it.each([
    [1, [64]],
    [2, [32, 96]],
    [4, [16, 48, 80, 112]],
    [8, [0, 16, 32, 48, 64, 80, 96, 112]],
  ])('O5: of a budget of %i it shows the middles of as many parts', (most, times) => {
    expect(thinned(openingPlan({ start: 0, end: 128 }), most).looks.map((look) => look.times)).toEqual([times]);
  });

  it('B2, W2: charges a quarter for what was seen, and once for what a plan shows several times', () => {
    const look = { level: 0, start: 0, times: [0, 0.125, 0.25, 0.375] };
    const plan = { looks: [look, look], focus: null };
    const charge = chargeOfPlan(plan, new Set([0, 1]), tickOf);
    expect(charge).toEqual({ newFrames: 2, rereadFrames: 2 });
    expect(framesCharged(charge)).toBe(2.5);
    expect(chargeOfPlan(plan, new Set([0, 1]), tickOf, new Set([1, 2]))).toEqual({ newFrames: 1, rereadFrames: 1 });
    expect(chargeOfPlan(plan, new Set(), () => 7)).toEqual({ newFrames: 1, rereadFrames: 0 });
  });
});
