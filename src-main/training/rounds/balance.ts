/** Beliefs of few labels, so that what happened to be labelled does not tell how rare incidents are. */
import { normalClass } from '../../contract/taxonomy.ts';
import { chosenOf, type Random } from '../../math/random.ts';
import type { BeliefExample } from '../nano/examples.ts';
import type { Gathered } from './gather.ts';

/** Of the more frequent label at most so many times what the other has counts, and a little more. Ours. */
export const mostImbalance = 2;

/**
 * The beliefs of all tasks, those of the more frequent label thinned out but for one a task: thirty labels of one kind, with all that their
 * rollouts came to, would teach to believe less of everything. What is replayed stays.
 */
export function balancedBeliefs(found: readonly Pick<Gathered, 'beliefs'>[], random: Random): BeliefExample[] {
  const [innocent, incidents] = [countOf(found, isInnocent), countOf(found, isIncident)];
  const [isFrequent, frequent, rarer] =
    innocent.beliefs > incidents.beliefs ? [isInnocent, innocent, incidents] : [isIncident, incidents, innocent];
  const beliefs = found.flatMap((each) => each.beliefs);
  const most = mostImbalance * rarer.beliefs + frequent.tasks;
  const kept = new Set(chosenOf(beliefs.filter(isFrequent), most, random));
  return beliefs.filter((each) => !isFrequent(each) || kept.has(each));
}

const isOwn = ({ believed }: BeliefExample) => believed === undefined;
const isInnocent = (each: BeliefExample) => isOwn(each) && each.truth.includes(normalClass);
const isIncident = (each: BeliefExample) => isOwn(each) && !each.truth.includes(normalClass);

const countOf = (found: readonly Pick<Gathered, 'beliefs'>[], isOf: (example: BeliefExample) => boolean) => ({
  beliefs: found.reduce((sum, { beliefs }) => sum + beliefs.filter(isOf).length, 0),
  tasks: found.filter(({ beliefs }) => beliefs.some(isOf)).length,
});
