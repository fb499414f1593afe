/** The first half of a round: rollouts of the version that enters it, and the preferences and beliefs that come of them. */
import { nanoPolicy, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { randomFrom } from '../../math/random.ts';
import type { BeliefExample, PairExample } from '../nano/examples.ts';
import { preferencesOf, rolloutsOf } from '../rollouts/round.ts';
import { beliefsOf } from '../rollouts/beliefs.ts';
import { readBy, remembered } from '../rollouts/remembered.ts';
import { summaryOf, type RolloutSummary } from './points.ts';
import { statedPairs, type RoundTask } from './round-task.ts';
import type { RoundSettings } from './settings.ts';

/** What one task adds to a round. */
export interface Gathered {
  readonly pairs: readonly PairExample[];
  readonly beliefs: readonly BeliefExample[];
  readonly rollouts: readonly RolloutSummary[];
}

/** Keeps what each task gave, by its id: rolling out takes most of a round. */
export interface KeptTasks {
  /** Null where nothing was saved. */
  load(id: string): Promise<Gathered | null>;
  save(id: string, gathered: Gathered): Promise<void>;
}

export interface GatherOptions {
  readonly settings: RoundSettings;
  readonly version: string;
  readonly seed: number | string;
  readonly signal?: AbortSignal;
  /** Of the same model, settings and seed. */
  readonly kept?: KeptTasks;
  /** Called for each task, in whatever order they come to their ends. */
  readonly onTask?: (task: RoundTask) => void;
}

/**
 * What the tasks give, in their order. Each net works on one task at a time: several of them use several cores, and
 * change nothing of the outcome.
 */
export async function gather(
  tasks: AsyncIterable<RoundTask>,
  nets: readonly NanoNet[],
  options: GatherOptions,
): Promise<Gathered[]> {
  const iterator = tasks[Symbol.asyncIterator]();
  const gathered: Gathered[] = [];
  let asked = 0;
  const work = async (net: NanoNet) => {
    for (;;) {
      const number = asked++;
      const next = await iterator.next();
      if (next.done === true) return;
      const known = (await options.kept?.load(next.value.id)) ?? null;
      const own = known ?? (await gatheredOf(next.value, net, options));
      if (known === null) await options.kept?.save(next.value.id, own);
      gathered[number] = own;
      options.onTask?.(next.value);
    }
  };
  const settled = await Promise.allSettled(nets.map(work));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return gathered;
}

/** How often a task is rolled out: those drawn, and the likeliest one. */
export const rolloutsIn = (
  { replayed }: Pick<RoundTask, 'replayed'>,
  { rollouts }: Pick<RoundSettings, 'rollouts'>,
): number => (replayed === 'beliefs' ? 1 : rollouts + 1);

/** What one task gives, whatever else is gathered. */
export async function gatheredOf(
  task: RoundTask,
  net: NanoNet,
  { settings, version, seed, signal }: Pick<GatherOptions, 'settings' | 'version' | 'seed' | 'signal'>,
): Promise<Gathered> {
  signal?.throwIfAborted();
  const ownSeed = `${seed}/${task.id}`;
  const random = randomFrom(ownSeed);
  const rollouts = await rolloutsOf(task, net, {
    ...{ version, drawn: rolloutsIn(task, settings) - 1, seed: ownSeed },
    ...(signal === undefined ? {} : { signal }),
  });
  const beliefs = beliefsOf(rollouts, net.words, random.fork('beliefs'));
  if (task.replayed !== undefined || settings.head !== null) {
    for (const [index, example] of beliefs.entries()) {
      const asked = await readBy(net, example, signal);
      beliefs[index] = task.replayed === undefined ? asked : remembered(asked);
    }
  }
  // One rollout alone leaves nothing to prefer, and is none of those that the curves are about.
  if (task.replayed === 'beliefs') return { pairs: [], rollouts: [], beliefs };
  const stated = await statedPairs(task, net, nanoPolicy(net, { version, choose: 'greedy' }), signal);
  const pairs = await preferencesOf(rollouts, net, {
    ...{ settings: settings.idpo, weights: settings.aei, random: random.fork('pairs') },
    stated,
  });
  return { pairs, rollouts: rollouts.map(summaryOf), beliefs };
}
