/** The card stands beside its target where there is room, and in the window in any case. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardPlace } from './card-place.ts';

const window = { width: 1280, height: 800 };
const card = { width: 320, height: 180 };

test('right, else left, else below, else above, else over it; in the middle without a target', () => {
  expect(cardPlace({ left: 0, top: 100, width: 300, height: 600 }, card, window).left).toBe(314);
  expect(cardPlace({ left: 900, top: 100, width: 380, height: 600 }, card, window).left).toBe(566);
  expect(cardPlace({ left: 0, top: 0, width: 1280, height: 200 }, card, window).top).toBe(214);
  expect(cardPlace({ left: 0, top: 600, width: 1280, height: 200 }, card, window).top).toBe(406);
  expect(cardPlace({ left: 0, top: 0, width: 1280, height: 800 }, card, window)).toEqual({ left: 480, top: 310 });
  expect(cardPlace(null, card, window)).toEqual({ left: 480, top: 310 });
});

test('it never leaves the window', () => {
  const side = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(side(1280), side(800), side(1280), side(800), (left, top, width, height) => {
      const place = cardPlace({ left, top, width, height }, card, window);
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect(place.left + card.width).toBeLessThanOrEqual(window.width);
      expect(place.top + card.height).toBeLessThanOrEqual(window.height);
    }),
  );
});
