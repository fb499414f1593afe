/** Rain before the lens: streaks that are other ones in every frame. */
import { randomFrom } from '../../math/random.ts';

/** Streaks in a picture of 640 × 360 in a downpour. */
const streaks = 420;

/**
 * Draws the rain of frame `index` into `picture` [height, width, 3]: `amount` in (0, 1], brighter the more light there
 * is around (`light` in picture values).
 */
export function drawRain(
  picture: Uint8Array,
  width: number,
  height: number,
  options: { readonly amount: number; readonly light: number; readonly seed: string; readonly index: number },
): void {
  const { amount, light, seed, index } = options;
  const random = randomFrom(`${seed}/rain/${index}`);
  const size = height / 360;
  const count = Math.round((streaks * amount * (width * height)) / (640 * 360));
  for (let streak = 0; streak < count; streak++) {
    // Near drops are long and pale, far ones short and many.
    const near = random.next() ** 2;
    const length = Math.max(2, Math.round((5 + 20 * near) * size));
    const share = Math.round(256 * (0.14 + 0.2 * random.next()));
    const slant = 0.06 + 0.05 * random.next();
    let x = random.next() * width;
    const top = Math.floor(random.next() * (height + length)) - length;
    for (let row = Math.max(0, top); row < Math.min(height, top + length); row++) {
      x -= slant;
      const column = Math.floor(x);
      if (column < 0 || column >= width) continue;
      const at = 3 * (row * width + column);
      for (let channel = at; channel < at + 3; channel++) {
        const value = picture[channel] ?? 0;
        picture[channel] = value + (((light - value) * share) >> 8);
      }
    }
  }
}
