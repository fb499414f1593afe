/** 95 % bounds of figures and of differences between policies, over the same draws for all. */
import { bootstrapSpread, quantile } from '../metrics/bootstrap.ts';
import { aucOfSample, type PairWins } from './pair-wins.ts';

export type Bounds = [number, number];

/** Bounds of `statistic`, given how often each of `units` was drawn; null where there are too few to resample. */
export function boundsOf(
  units: number,
  seed: number,
  statistic: (weights: Float64Array) => number | null,
): Bounds | null {
  const weights = new Float64Array(units);
  const spread = bootstrapSpread(
    Array.from({ length: units }, (_, unit) => unit),
    (drawn) => {
      weights.fill(0);
      for (const unit of drawn) weights[unit] = (weights[unit] ?? 0) + 1;
      return statistic(weights);
    },
    { seed },
  );
  return spread === null ? null : [spread.low, spread.high];
}

/** An AUC in each of the draws that a seed gives, so that policies over the same units can be compared draw by draw. */
export interface DrawnAuc {
  readonly auc: number | null;
  readonly bounds: Bounds | null;
  /** Null for a draw that lacks a class. */
  readonly draws: readonly (number | null)[];
}

export function drawnAuc(table: PairWins, seed: number): DrawnAuc {
  const draws: (number | null)[] = [];
  const bounds = boundsOf(table.units, seed, (weights) => {
    const auc = aucOfSample(table, weights);
    draws.push(auc);
    return auc;
  });
  return { auc: aucOfSample(table, new Uint8Array(table.units).fill(1)), bounds, draws };
}

/** First less second, both over the same units and draws; null where either has no AUC or hardly a draw has both. */
export function differenceOf(
  first: DrawnAuc,
  second: DrawnAuc,
): { readonly difference: number; readonly bounds: Bounds } | null {
  if (first.auc === null || second.auc === null) return null;
  const differences = first.draws.flatMap((auc, draw) => {
    const other = second.draws[draw] ?? null;
    return auc === null || other === null ? [] : [auc - other];
  });
  if (first.bounds === null || second.bounds === null || differences.length < first.draws.length / 2) return null;
  differences.sort((a, b) => a - b);
  const bounds: Bounds = [quantile(differences, 0.025), quantile(differences, 0.975)];
  return { difference: first.auc - second.auc, bounds };
}
