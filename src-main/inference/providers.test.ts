/** Trials of providers whose processes do what graphics libraries do: crash, hang, lie. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseProvider, tryProviders, type ProviderTrial } from './providers.ts';
import { providerNames } from './session.ts';

async function probeThat(does: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'anom-pi-')), 'probe.mjs');
  await writeFile(path, `process.once('message', () => { ${does} });`);
  return path;
}

describe('tryProviders', () => {
  it('finds the CPU working and has a reason for whatever does not', async () => {
    const trials = await tryProviders();
    expect(trials.map((trial) => trial.provider)).toEqual([...providerNames]);
    expect(trials.find((trial) => trial.provider === 'cpu')).toMatchObject({ works: true, reason: null });
    const unexplained = trials.filter((trial) =>
      trial.works ? trial.msPerRun === null : !/\w/.test(trial.reason ?? ''),
    );
    expect(unexplained).toEqual([]);
  });

  it('outlives a process that aborts, exits, or hangs', async () => {
    const aborts = await tryProviders({ probeEntry: await probeThat('process.abort()') });
    expect(aborts.every((trial) => !trial.works && /SIGABRT|exit code/.test(trial.reason ?? ''))).toBe(true);
    const exits = await tryProviders({ probeEntry: await probeThat('console.error("no device"); process.exit(3)') });
    expect(exits[0]).toMatchObject({ works: false, reason: 'Its process ended with exit code 3: no device.' });
    const hangs = await tryProviders({ probeEntry: await probeThat('for (;;);'), timeoutMs: 300 });
    expect(hangs[0]).toMatchObject({ works: false, reason: 'It did not answer within 0.3 seconds.' });
  });

  it('ends when it is aborted', async () => {
    await expect(tryProviders({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('chooseProvider', () => {
  const works = (provider: ProviderTrial['provider'], msPerRun: number) => ({
    provider,
    works: true,
    reason: null,
    msPerRun,
  });
  const fails = (provider: ProviderTrial['provider']) => ({
    provider,
    works: false,
    reason: 'No device.',
    msPerRun: null,
  });

  it('takes the fastest that works', () => {
    expect(chooseProvider('auto', [fails('cuda'), works('webgpu', 9), works('cpu', 12)])).toEqual({
      provider: 'webgpu',
      note: null,
    });
    expect(chooseProvider('auto', [works('webgpu', 30), works('cpu', 12)]).provider).toBe('cpu');
    expect(chooseProvider('auto', []).provider).toBe('cpu');
  });

  it('takes the one asked for where it works, and says why where it does not', () => {
    const trials = [fails('cuda'), works('webgpu', 30), works('cpu', 12)];
    expect(chooseProvider('webgpu', trials)).toEqual({ provider: 'webgpu', note: null });
    expect(chooseProvider('cuda', trials)).toEqual({
      provider: 'cpu',
      note: expect.stringMatching(/^cuda.*cpu.*No device\.$/),
    });
  });
});
