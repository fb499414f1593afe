import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rulerTicks } from './ruler-ticks.ts';

const labels = (start: number, end: number, width: number) =>
  rulerTicks({ start, end }, width)
    .map(({ label }) => label)
    .filter((label) => label !== null);

test('labels are round instants, as fine as there is room for', () => {
  expect(labels(0, 60, 600)).toEqual(['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']);
  expect(labels(0, 86_400, 900)).toEqual([
    '0:00',
    '3:00:00',
    '6:00:00',
    '9:00:00',
    '12:00:00',
    '15:00:00',
    '18:00:00',
    '21:00:00',
    '24:00:00',
  ]);
  expect(labels(59.9, 60.3, 600)).toEqual(['0:59.9', '1:00.0', '1:00.1', '1:00.2', '1:00.3']);
  expect(labels(3600, 3600.2, 1700)[1]).toBe('1:00:00.01');
});

test('labels never come nearer to each other than asked, and ticks lie in the view, ascending, each once', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 90_000, noNaN: true }),
      fc.double({ min: 0.2, max: 400_000, noNaN: true }),
      fc.integer({ min: 50, max: 4000 }),
      (start, length, width) => {
        const view = { start, end: start + length };
        const ticks = rulerTicks(view, width);
        const labelled = ticks.filter(({ label }) => label !== null);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.time).toBeGreaterThanOrEqual(start - 1e-6 * length);
          expect(tick.time).toBeLessThanOrEqual(view.end + 1e-6 * length);
          expect(tick.time).toBeGreaterThan(ticks[index - 1]?.time ?? -Infinity);
        }
        for (const [index, tick] of labelled.entries()) {
          const gap = index === 0 ? Infinity : tick.time - (labelled[index - 1]?.time ?? NaN);
          expect((gap / length) * width).toBeGreaterThan(83.9);
        }
        expect(ticks.length).toBeLessThanOrEqual(width / 8);
      },
    ),
  );
});

test('a ruler without width has no ticks', () => {
  expect(rulerTicks({ start: 0, end: 10 }, 0)).toEqual([]);
});

test('a wall clock has its round instants where they are in the recording', () => {
  const label = (seconds: number) => String(seconds / 3600);
  const ticks = rulerTicks({ start: -3600, end: 3 * 3600 }, 400, 84, { atZero: 5 * 3600 + 600, label });
  const named = ticks.filter((tick) => tick.label !== null);
  expect(named.map((tick) => tick.label)).toEqual(['5', '6', '7', '8']);
  expect(named.map((tick) => tick.time)).toEqual([-600, 3000, 6600, 10_200]);
});
