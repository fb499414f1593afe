/** Episodes of any policy on held-out tasks, all judged by one belief, and the figures of a table's row. */
import { normalClass } from '../../contract/taxonomy.ts';
import { bootstrapSpread } from '../../evaluation/metrics/bootstrap.ts';
import { operatorEntropy } from '../../evaluation/metrics/operator-usage.ts';
import { rocAuc } from '../../evaluation/metrics/roc.ts';
import { countScores } from '../../evaluation/metrics/score-counts.ts';
import { operatorsOf, summed } from '../../evaluation/run/index.ts';
import type { NanoPolicy } from '../../inquiry/policies/nano/index.ts';
import { lookOperators } from '../../inquiry/operators.ts';
import type { Policy } from '../../inquiry/policy.ts';
import { intervalLength } from '../../math/interval.ts';
import type { AeiTerms } from '../aei/terms.ts';
import { defaultAeiWeights, utilityOf } from '../aei/utility.ts';
import { observed, recorded } from '../nano/recorded.ts';
import { rollOut } from '../rollouts/roll-out.ts';
import type { SimulatedTask } from '../start/simulated-task.ts';
import type { Used } from './operator-information.ts';

/** What one policy made of one task. */
export interface JudgedEpisode {
  readonly kind: string;
  readonly label: 0 | 1;
  readonly terms: AeiTerms;
  readonly utility: number;
  /** The highest frame-level score, and the belief that there is an incident, both by the policy's own belief. */
  readonly score: number;
  readonly belief: number;
  readonly operators: Readonly<Record<string, number>>;
  readonly framesPerMinute: number;
}

export interface AblationRow {
  readonly variant: string;
  readonly recordings: number;
  /** Means over recordings; the utility with its 95 % bounds. */
  readonly utility: number;
  readonly utilityLow: number | null;
  readonly utilityHigh: number | null;
  readonly success: number;
  readonly information: number;
  readonly cost: number;
  readonly localisation: number;
  /** Over recordings, each by its highest score. */
  readonly auc: number | null;
  readonly framesPerMinute: number;
  /** How often each operator was used, and the entropy over the three that look, as a share of the largest. */
  readonly operators: Readonly<Record<string, number>>;
  readonly lookEntropy: number | null;
}

export interface JudgingOptions {
  /** Which of several draws of the same tasks, for a policy that draws its actions. */
  readonly draw?: number;
  readonly signal?: AbortSignal | undefined;
}

/** One episode of each task, in their order; each draws by a seed of its own. */
export async function judgedEpisodes(
  policy: Policy | NanoPolicy,
  judge: Pick<Policy, 'readBelief'>,
  tasks: readonly SimulatedTask[],
  { draw = 0, signal }: JudgingOptions = {},
): Promise<JudgedEpisode[]> {
  const episodes: JudgedEpisode[] = [];
  for (const [number, task] of tasks.entries()) {
    const recording = isNano(policy) ? recorded(policy) : observed(policy);
    const { trajectory, terms } = await rollOut(task, recording, judge, `ablation/${draw}/${number}`, signal);
    episodes.push({
      ...{ kind: task.kind, label: task.truth.label, terms, utility: utilityOf(terms, defaultAeiWeights) },
      operators: operatorsOf([trajectory]),
      score: Math.max(0, ...trajectory.scores),
      belief: 1 - (trajectory.steps.at(-1)?.belief.probabilities[normalClass] ?? 1),
      framesPerMinute: (60 * trajectory.costs.newFrames) / intervalLength(task.episode),
    });
  }
  return episodes;
}

/** Without an operator all that is drawn is drawn anew, and one draw more or less is neither a worth nor a habit. Ours. */
const draws = 4;

/** `[draws][tasks]` */
export async function drawnEpisodes(
  policy: NanoPolicy,
  judge: Pick<Policy, 'readBelief'>,
  tasks: readonly SimulatedTask[],
  signal?: AbortSignal,
): Promise<JudgedEpisode[][]> {
  const all: JudgedEpisode[][] = [];
  for (let draw = 0; draw < draws; draw++) all.push(await judgedEpisodes(policy, judge, tasks, { draw, signal }));
  return all;
}

/** How often each operator was used on each task, over all draws. */
export const usageIn = (drawn: readonly (readonly JudgedEpisode[])[]): Used[] =>
  (drawn[0] ?? []).map(({ kind }, task) => ({
    kind,
    operators: summed(drawn.map((episodes) => episodes[task]?.operators ?? {})),
  }));

const isNano = (policy: Policy | NanoPolicy): policy is NanoPolicy => policy.name === 'nano';

export function rowOf(variant: string, episodes: readonly JudgedEpisode[]): AblationRow {
  const mean = (value: (episode: JudgedEpisode) => number) => meanOver(episodes, value);
  const operators = summed(episodes.map((episode) => episode.operators));
  const looks = Object.fromEntries(
    Object.entries(operators).filter(([name]) => lookOperators.some((each) => each === name)),
  );
  const spread = bootstrapSpread(episodes, (sample) => meanOver(sample, ({ utility }) => utility), { seed: variant });
  const counts = countScores(
    episodes.map(({ score }) => score),
    episodes.map(({ label }) => label),
  );
  return {
    ...{ variant, recordings: episodes.length, operators, lookEntropy: operatorEntropy(looks, lookOperators.length) },
    utility: mean(({ utility }) => utility),
    ...{ utilityLow: spread?.low ?? null, utilityHigh: spread?.high ?? null },
    success: mean(({ terms }) => terms.success),
    information: mean(({ terms }) => terms.information),
    cost: mean(({ terms }) => terms.cost),
    localisation: mean(({ terms }) => terms.localisation),
    auc: rocAuc(counts),
    framesPerMinute: mean(({ framesPerMinute }) => framesPerMinute),
  };
}

export const meanOver = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((sum, item) => sum + value(item), 0) / Math.max(1, items.length);
