/** The points of a training run as the lines of its charts. Pure. */
import type { TrainingPoint } from '../../src-main/contract/training.ts';

/** What a point measures as one number. */
export type CurveFigure =
  'utility' | 'success' | 'information' | 'cost' | 'localisation' | 'margin' | 'chosenLogProb' | 'parseRate' | 'loss';

/** Values along a run; null where they were not measured. */
export type Line = readonly (number | null)[];

/** In the order in which they are told; what else a run took comes after them. */
const knownOperators = ['BACKTRACK', 'EXPAND', 'SAMPLE', 'THINK', 'FINAL'] as const;

export const lineOf = (points: readonly TrainingPoint[], figure: CurveFigure): Line =>
  points.map((point) => point[figure]);

/** Whether anything was measured at all. */
export const hasValues = (line: Line): boolean => line.some((value) => value !== null);

/** The value at `index`, or the latest measured before it; null where there is none. */
export function valueAt(line: Line, index: number): number | null {
  for (let at = Math.min(index, line.length - 1); at >= 0; at--) {
    const value = line[at] ?? null;
    if (value !== null) return value;
  }
  return null;
}

/** `line` with what was measured last where nothing was measured anew. */
export const held = (line: Line): Line => line.map((_, index) => valueAt(line, index));

export interface OperatorShares {
  readonly operator: string;
  /** [0, 1] of all actions at that point; null where none were counted. */
  readonly shares: Line;
}

/** How often each operator was taken, as shares that add up to 1 at every point where any was. */
export function operatorShares(points: readonly TrainingPoint[]): OperatorShares[] {
  const taken = new Set(points.flatMap(({ operators }) => Object.keys(operators)));
  const names = [...knownOperators.filter((name) => taken.delete(name)), ...[...taken].toSorted()];
  const totals = points.map(({ operators }) => Object.values(operators).reduce((sum, count) => sum + count, 0));
  return names.map((operator) => ({
    operator,
    shares: points.map(({ operators }, index) => {
      const total = totals[index] ?? 0;
      return total === 0 ? null : (operators[operator] ?? 0) / total;
    }),
  }));
}

/** Running sums of `lines`, so that each lies on the one before. */
export function stacked(lines: readonly Line[]): Line[] {
  const sums: Line[] = [];
  for (const line of lines) {
    const below = sums.at(-1);
    sums.push(line.map((value, index) => (value === null ? null : value + (below?.[index] ?? 0))));
  }
  return sums;
}

/** Steps at which a round after the first begins. */
export function roundStarts(points: readonly TrainingPoint[]): number[] {
  return points.flatMap(({ round, step }, index) => {
    const before = points[index - 1];
    return before !== undefined && before.round >= 1 && round > before.round ? [step] : [];
  });
}

/**
 * Steps for the axis of the charts. A point that was measured again without an update between lies where it was before:
 * steps never fall, whatever a resumed run tells twice.
 */
export function stepAxis(points: readonly TrainingPoint[]): number[] {
  let most = 0;
  return points.map(({ step }) => (most = Math.max(most, step)));
}

/** `points` with `point`, which takes the place of what stands for the same round and step. */
export function withPoint(points: readonly TrainingPoint[], point: TrainingPoint): readonly TrainingPoint[] {
  const last = points.at(-1);
  if (last === undefined || isBefore(last, point)) return [...points, point];
  const kept = points.filter((each) => isBefore(each, point));
  const same = points.find(({ round, step }) => round === point.round && step === point.step);
  // Two measurements of one moment complement each other: the rollouts of a round, and its first update.
  return [...kept, same === undefined ? point : merged(same, point)];
}

const isBefore = (one: TrainingPoint, other: TrainingPoint) =>
  one.round < other.round || (one.round === other.round && one.step < other.step);

function merged(known: TrainingPoint, added: TrainingPoint): TrainingPoint {
  return {
    ...added,
    utility: added.utility ?? known.utility,
    success: added.success ?? known.success,
    information: added.information ?? known.information,
    cost: added.cost ?? known.cost,
    localisation: added.localisation ?? known.localisation,
    margin: added.margin ?? known.margin,
    chosenLogProb: added.chosenLogProb ?? known.chosenLogProb,
    parseRate: added.parseRate ?? known.parseRate,
    loss: added.loss ?? known.loss,
    operators: Object.keys(added.operators).length > 0 ? added.operators : known.operators,
  };
}
