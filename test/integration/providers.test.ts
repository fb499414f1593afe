/** The trial of the providers with a real net. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseProvider, findModels, tryProviders } from '../../src-main/inference/index.ts';

const { nanodet } = await findModels([join(import.meta.dirname, '..', '..', 'resources', 'models')]);
if (nanodet === null)
  console.log('providers.test.ts is skipped: resources/models has no nets (npm install fetches them).');

describe.skipIf(nanodet === null)('tryProviders', () => {
  it('runs the net on the CPU and chooses what works', async () => {
    const trials = await tryProviders({ model: nanodet, threads: 2 });
    expect(trials.find((trial) => trial.provider === 'cpu')).toMatchObject({
      works: true,
      msPerRun: expect.any(Number),
    });
    const { provider } = chooseProvider('auto', trials);
    expect(trials.find((trial) => trial.provider === provider)?.works).toBe(true);
  });
});
