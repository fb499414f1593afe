/** The camera's sensor: noise that is stronger in the dark, and light that is never quite steady. */
import { randomFrom } from '../../math/random.ts';
import type { Light } from '../scene.ts';

export interface Sensor {
  /** Writes frame `index` of the clean picture [H, W, 3] into `out`. */
  expose(clean: Uint8Array, out: Uint8ClampedArray, index: number, seconds: number): void;
}

const tile = 1 << 17;
/** How far apart the noise of the colours is taken from the same tile. */
const redShift = 701;
const blueShift = 708;

/** A sensor with noise of its own; the same seed and frame number give the same noise. */
export function createSensor(light: Light, width: number, height: number, seed: string): Sensor {
  const random = randomFrom(`${seed}/sensor`);
  // Noise of neighbours is alike: demosaicking mixes them.
  const raw = Float32Array.from({ length: tile + 1 }, () => random.normal());
  const noise = Int8Array.from({ length: tile }, (_, index) =>
    Math.max(-127, Math.min(127, 24 * (0.8 * (raw[index] ?? 0) + 0.6 * (raw[index + 1] ?? 0)))),
  );
  const phase = random.between(0, 6);
  const brightness = new Uint8Array(256);
  // Shot noise grows as the root of the light, but the tone curve is steepest in the dark.
  const strength = Int16Array.from({ length: 256 }, (_, value) =>
    Math.round((light.noise * (1.25 - 0.6 * (value / 255)) * 256) / 24),
  );
  const spreads = new Int16Array(256);
  return {
    expose(clean, out, index, seconds) {
      const gain =
        1 + light.flicker * (0.6 * Math.sin(seconds / 3.1 + phase) + 0.4 * Math.sin(seconds / 1.3 + 2 * phase));
      for (let value = 0; value < 256; value++) {
        const bright = Math.min(255, Math.round(value * gain));
        brightness[value] = bright;
        spreads[value] = strength[bright] ?? 0;
      }
      const frame = randomFrom(`${seed}/frame/${index}`);
      for (let row = 0; row < height; row++) {
        let at = frame.integer(tile - width - redShift - blueShift);
        let offset = 3 * row * width;
        for (let column = 0; column < width; column++, offset += 3, at++) {
          const middle = clean[offset + 1] ?? 0;
          const red = brightness[clean[offset] ?? 0] ?? 0;
          const green = brightness[middle] ?? 0;
          const blue = brightness[clean[offset + 2] ?? 0] ?? 0;
          const spread = spreads[middle] ?? 0;
          const shared = (noise[at] ?? 0) * spread;
          out[offset] = red + ((shared + (((noise[at + redShift] ?? 0) * spread) >> 1)) >> 8);
          out[offset + 1] = green + (shared >> 8);
          out[offset + 2] = blue + ((shared + (((noise[at + redShift + blueShift] ?? 0) * spread) >> 1)) >> 8);
        }
      }
    },
  };
}
