import fc from 'fast-check';
import { expect, test } from 'vitest';
import { playedSize } from './playback-picture.ts';

test('the size that is played: even, never larger than the footage or than 1080p, of its shape', () => {
  const side = fc.integer({ min: 16, max: 16_384 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const played = playedSize(width, height);
      expect((played.width % 2) + (played.height % 2)).toBe(0);
      expect(played.width).toBeLessThanOrEqual(width);
      expect(played.height).toBeLessThanOrEqual(height);
      expect(Math.max(played.width, played.height)).toBeLessThanOrEqual(1920);
      expect(Math.min(played.width, played.height)).toBeLessThanOrEqual(1080);
      const scale = Math.min(1, 1920 / Math.max(width, height), 1080 / Math.min(width, height));
      expect(Math.abs(played.width - width * scale)).toBeLessThan(2.001);
      expect(Math.abs(played.height - height * scale)).toBeLessThan(2.001);
    }),
  );
});
