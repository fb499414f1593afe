import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeekQueue } from './seek-queue.ts';

/** A number is a wish for that time, null a seek that lands. */
const steps = fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3, nil: null }));

test('where every seek lands, there is one at a time, and the last one is the latest wish', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const queue = createSeekQueue(() => true);
      const issued: number[] = [];
      let underWay = 0;
      const issue = (time: number | null) => {
        if (time === null) return;
        issued.push(time);
        underWay++;
        expect(underWay).toBe(1);
      };
      const land = () => {
        underWay = 0;
        issue(queue.landed());
      };
      for (const step of all) {
        if (step === null) land();
        else issue(queue.request(step));
      }
      while (queue.pending !== null) land();
      const wishes = all.filter((step) => step !== null);
      expect(issued.at(-1)).toBe(wishes.at(-1));
      expect(issued.length).toBeLessThanOrEqual(wishes.length);
    }),
  );
});

test('what is wished for while a seek is under way is left out but for the last', () => {
  const queue = createSeekQueue(() => true);
  expect([1, 2, 3, 4].map((time) => queue.request(time))).toEqual([1, null, null, null]);
  expect(queue.underWay).toBe(1);
  expect(queue.landed()).toBe(4);
  expect(queue.pending).toBe(4);
  expect(queue.landed()).toBeNull();
  expect(queue.pending).toBeNull();
});

test('a seek that waits for footage gives way to the next wish at once', () => {
  const queue = createSeekQueue((time) => time < 10);
  expect([50, 60, 5, 70, 80].map((time) => queue.request(time))).toEqual([50, 60, 5, null, null]);
  expect(queue.landed()).toBe(80);
});
