/**
 * Fits the noise model of symbolic observations and prints it, or writes it where the program reads it.
 *
 *     node test/bench/fit-noise.bench.ts [--seed fit] [--cache DIR] [--every 2] [--write]
 *
 * Renders the recordings of `--seed` (normal life of five cameras and every kind of incident; with `--every N` each Nth),
 * looks at them with both nets, and compares what they return with what is in the scenes. What is rendered is kept in
 * `--cache`: the first run takes about ten minutes, later ones one. The constants in the program were made with the seed
 * and the share that stand here as defaults; symbolic.bench.ts shows on other seeds how well they hold.
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitNoise } from '../support/fit-noise.ts';
import { perceivedScenes } from '../support/perceived-scenes.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'fit' },
    cache: { type: 'string', default: join(tmpdir(), 'anom-pi-perceived') },
    every: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
});
const scenes = await perceivedScenes(values.seed, values.cache, { every: Number(values.every), from: 0 });
const model = fitNoise(scenes);
if (values.write) {
  const text = `/** Made by \`node test/bench/fit-noise.bench.ts --write\`, not by hand; run the formatter after it. */
import type { NoiseModel } from './noise-model.ts';

export const fittedNoise: NoiseModel = ${JSON.stringify(model)};
`;
  await writeFile(join(import.meta.dirname, '..', '..', 'src-main', 'simulation', 'symbolic', 'fitted-noise.ts'), text);
} else console.log(JSON.stringify(model, null, 1));
