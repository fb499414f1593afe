import { expect, test } from 'vitest';
import { createProgressMeter } from './progress.ts';

const state = (done: number, total = 100) => ({ done, total, unit: 'seconds', label: '' }) as const;

test('a steady pace gives its rate and the time left', () => {
  const meter = createProgressMeter();
  meter.measure(state(0), 0);
  meter.measure(state(10), 1_000);
  expect(meter.measure(state(20), 2_000)).toMatchObject({ rate: 10, secondsLeft: 8 });
});

test('nothing is claimed before anything was measured', () => {
  expect(createProgressMeter().measure(state(5), 0)).toMatchObject({ rate: null, secondsLeft: null });
});

test('a change of pace is followed once the old pace left the window', () => {
  const meter = createProgressMeter();
  for (let second = 0; second <= 30; second++) meter.measure(state(second * 3, 1000), second * 1000);
  for (let second = 31; second <= 60; second++) meter.measure(state(90 + (second - 30), 1000), second * 1000);
  expect(meter.measure(state(121, 1000), 61_000).rate).toBeCloseTo(1, 5);
});

test('work that begins again starts its rate anew', () => {
  const meter = createProgressMeter();
  meter.measure(state(50), 0);
  expect(meter.measure(state(0), 1_000)).toMatchObject({ rate: null, secondsLeft: null });
});

test('a clock that was set back starts the rate anew, and goes on from there', () => {
  const meter = createProgressMeter();
  meter.measure(state(10), 3_600_000);
  expect(meter.measure(state(20), 1_000)).toMatchObject({ rate: null, secondsLeft: null });
  expect(meter.measure(state(30), 2_000)).toMatchObject({ rate: 10, secondsLeft: 7 });
});
