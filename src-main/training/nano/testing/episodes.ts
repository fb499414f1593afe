/** Recorded episodes of an untrained net over a scripted recording. For tests. */
import type { NanoNet } from '../../../inquiry/policies/nano/index.ts';
import { nanoPolicy } from '../../../inquiry/policies/nano/index.ts';
import { runEpisode } from '../../../inquiry/run-episode.ts';
import { watcherOf } from '../../../inquiry/testing/scripted-watcher.ts';
import type { Truth } from '../examples.ts';
import { recorded, type Recorded } from '../recorded.ts';

export const tinySize = { width: 32, layers: 2, heads: 2 } as const;

const script = { seconds: 90, incidents: [{ start: 40, end: 47 }] };
/** What is true of the recording. */
export const scriptedTruth: Truth = { label: 1, intervals: [{ start: 40, end: 47, class: 'fight' }] };

/** One episode a seed. */
export async function recordedEpisodes(net: NanoNet, seeds: readonly number[]): Promise<Recorded[]> {
  const episodes: Recorded[] = [];
  for (const seed of seeds) {
    const policy = recorded(nanoPolicy(net, { version: '0', choose: 'sample' }));
    const { trajectory } = await runEpisode({
      ...{ policy, seed, watcher: watcherOf(script), episode: { start: 0, end: script.seconds } },
      budget: { frames: 40, steps: 12, seconds: 300 },
    });
    episodes.push(policy.record(trajectory));
  }
  return episodes;
}
