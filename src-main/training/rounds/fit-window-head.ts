/** Fits the head on windows: what labels tell of how things move that the version does not know yet. */
import { normalClass } from '../../contract/taxonomy.ts';
import {
  asksForAll,
  dynamicsIn,
  familiarity,
  headLogit,
  homeLogit,
  incidentLogit,
  type WindowHead,
} from '../../inquiry/policies/nano/index.ts';
import { sigmoid } from '../../math/logistic.ts';
import { fitOffsetLogistic } from '../../math/offset-logistic.ts';
import { scaleOf, standardised } from '../../math/standardise.ts';
import type { BeliefExample } from '../nano/examples.ts';
import { remembered } from '../rollouts/remembered.ts';
import { mostImbalance } from './balance.ts';
import type { HeadSettings } from './settings.ts';

/** A set of looks as the head sees it. */
interface Shown {
  /** `[D]` */
  readonly dynamics: Float32Array;
  /** Log-odds of the net alone. */
  readonly net: number;
  /** Whether there is an incident; null where it is replayed. */
  readonly label: 0 | 1 | null;
}

/**
 * Beyond `mostImbalance` times those of the other, recordings of the more frequent label weigh together at most so many: real
 * footage lies elsewhere than what is replayed, and thirty rejections alone would teach to believe less of all of it. Ours.
 */
const alwaysHeard = 15;

/**
 * `before`, the version's head, with what has to be added to the version's log-odds to fit the labels of `recordings`,
 * `[recordings][sets of looks]`. What is replayed is fitted to what the version made of it, so that nothing is added where
 * nothing is to be learned. In the loss all sets of looks at a recording weigh as much as one. Undefined where no look of
 * one's own shows a video.
 */
export function fitWindowHead(
  recordings: readonly (readonly BeliefExample[])[],
  { penalty, replayed }: HeadSettings,
  before?: WindowHead,
): WindowHead | undefined {
  const shown = recordings
    .map((beliefs) => beliefs.flatMap((example) => shownBy(example) ?? []))
    .filter((sets) => sets.length > 0);
  const ofLabel = (label: 0 | 1) => shown.filter(([set]) => set?.label === label).length;
  const counts = [ofLabel(0), ofLabel(1)] as const;
  const own = counts[0] + counts[1];
  if (own === 0) return undefined;
  const others = shown.length - own;
  const weightOf = (label: Shown['label']) => {
    if (label === null) return (replayed * own) / others;
    const [alike, other] = label === 1 ? [counts[1], counts[0]] : counts;
    return Math.min(1, (mostImbalance * other + alwaysHeard) / alike);
  };
  const start = before ?? {
    scale: scaleOf(shown.flat().map(({ dynamics }) => dynamics)),
    weights: [],
    bias: 0,
    home: [],
  };
  const rows = shown.flatMap((sets) =>
    sets.map(({ dynamics, ...set }) => ({ ...set, row: standardised(start.scale, dynamics), among: sets.length })),
  );
  // What tells one's own footage from what is replayed, added to what told it before.
  const toldApart = fitOffsetLogistic(
    rows.map(({ row, label, among }) => ({
      row: Float64Array.of(...row, 1),
      offset: homeLogit(start.home, row),
      target: label === null ? 0 : 1,
      weight: (label === null ? own / others : 1) / among,
    })),
    penalty,
  );
  const known = { ...start, home: plus(toldApart, start.home) };
  const added = fitOffsetLogistic(
    rows.map(({ row, net, label, among }) => {
      const share = familiarity(known.home, row);
      return {
        row: Float64Array.of(...row, 1).map((value) => share * value),
        offset: net + headLogit(known, row),
        target: label ?? sigmoid(net + headLogit(start, row)),
        weight: weightOf(label) / among,
      };
    }),
    penalty,
  );
  return { ...known, weights: plus(added.subarray(0, -1), known.weights), bias: (added.at(-1) ?? 0) + known.bias };
}

/** The sum of both, `[D]`; `known` may be empty. */
const plus = (added: Float64Array, known: ArrayLike<number>): Float64Array =>
  added.map((value, entry) => value + (known[entry] ?? 0));

function shownBy({ positions, classes, truth, believed, asRead }: BeliefExample): Shown | null {
  const dynamics = dynamicsIn(positions);
  if (dynamics === null || asRead === undefined || !asksForAll(classes)) return null;
  const label = truth.includes(normalClass) ? 0 : 1;
  return {
    dynamics,
    net: incidentLogit({ probabilities: asRead.classes }),
    label: believed === undefined ? label : null,
  };
}

/**
 * What the net learns of a set of looks beside a head, which is told whether there is an incident: of an incident which one
 * it is and, where somebody said so, which frames show it. How likely the net finds one at all is to stay, and all that it
 * makes of what is innocent or replayed. The example as it is where the head is not asked.
 */
export function besideHead(example: BeliefExample): BeliefExample {
  const { believed, asRead, truth, classes } = example;
  if (believed !== undefined || asRead === undefined || !asksForAll(classes)) return example;
  if (truth.includes(normalClass)) return remembered(example);
  const read = asRead.classes;
  const named = truth.reduce((sum, id) => sum + (read[id] ?? 0), 0);
  const normal = read[normalClass] ?? 0;
  const shareOf = (id: string) => (named > 0 ? (read[id] ?? 0) / named : 1 / truth.length);
  const shares = truth.map((id) => [id, (1 - normal) * shareOf(id)] as const);
  return { ...example, believed: { ...Object.fromEntries(shares), [normalClass]: normal }, bag: null };
}
