/** How good a nano net is on simulated recordings that it did not learn from: its beliefs, and its way of looking. */
import { normalClass } from '../../contract/taxonomy.ts';
import { rocAuc } from '../../evaluation/metrics/roc.ts';
import { countScores } from '../../evaluation/metrics/score-counts.ts';
import { tokens } from '../../inquiry/grammar.ts';
import { rowOfClass, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { defaultAeiWeights } from '../aei/utility.ts';
import type { BeliefExample } from '../nano/examples.ts';
import { rolloutPoint, summaryOf, type CurvePoint, type RolloutSummary } from '../rounds/points.ts';
import { rolloutsOf } from '../rollouts/round.ts';
import type { SimulatedTask } from './simulated-task.ts';

/** Over sets of looks at recordings; null where there were not both kinds. */
export interface BeliefFigures {
  /** Area under the ROC of `q(1|E)`, and of single frames' evidence. */
  readonly auc: number | null;
  readonly frameAuc: number | null;
  /** Mean −ln of the belief in what is true, nats. */
  readonly logLoss: number;
  /** Share of the sets with an incident in which the likeliest class of incident is the right one. */
  readonly rightClass: number | null;
}

/** Sets without any look are left out of all but the log-loss: they tell recordings apart by triage alone. */
export async function beliefFigures(net: NanoNet, examples: readonly BeliefExample[]): Promise<BeliefFigures> {
  const sets = { scores: [] as number[], labels: [] as (0 | 1)[] };
  const frames = { scores: [] as number[], labels: [] as (0 | 1)[] };
  let [loss, named, right] = [0, 0, 0];
  for (const { positions, read, classes, truth, frames: targets } of examples) {
    const reading = await net.read(positions, [read], null);
    const logits = classes.map((id) => reading.classes[0]?.[rowOfClass(net.words, id) - tokens.class] ?? NaN);
    const most = Math.max(...logits);
    const shares = logits.map((logit) => Math.exp(logit - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const isTrue = classes.map((id) => truth.includes(id));
    loss -= Math.log(shares.reduce((sum, share, index) => (isTrue[index] === true ? sum + share : sum), 0) / total);
    if (targets.length === 0) continue;
    const isIncident = !truth.includes(normalClass);
    sets.scores.push(1 - (shares[classes.indexOf(normalClass)] ?? 0) / total);
    sets.labels.push(isIncident ? 1 : 0);
    for (const { at, label } of targets) {
      frames.scores.push(reading.evidence[at] ?? NaN);
      frames.labels.push(label === 1 ? 1 : 0);
    }
    if (!isIncident) continue;
    named++;
    const ofIncidents = shares.map((share, index) => (classes[index] === normalClass ? -1 : share));
    if (isTrue[ofIncidents.indexOf(Math.max(...ofIncidents))] === true) right++;
  }
  return {
    auc: rocAuc(countScores(sets.scores, sets.labels)),
    frameAuc: rocAuc(countScores(frames.scores, frames.labels)),
    logLoss: loss / Math.max(1, examples.length),
    rightClass: named === 0 ? null : right / named,
  };
}

/** What greedy episodes on those tasks are worth, judged by the net itself. */
export async function greedyPoint(net: NanoNet, tasks: Iterable<SimulatedTask>): Promise<CurvePoint> {
  const rollouts: RolloutSummary[] = [];
  for (const task of tasks) {
    const found = await rolloutsOf(task, net, { version: 'held-out', drawn: 0, seed: 0 });
    rollouts.push(...found.map(summaryOf));
  }
  return rolloutPoint(0, rollouts, defaultAeiWeights);
}
