/** Scores of clips by heads that saw none of the clip's source, and how well they tell the classes apart. */
import { bootstrapSpread, type Spread } from '../metrics/bootstrap.ts';
import { rocAuc, truePositiveRateAt } from '../metrics/roc.ts';
import { countScores } from '../metrics/score-counts.ts';
import { foldsBySource } from '../folds/folds-by-source.ts';
import { fitHead, type HeadForm, type HeadOptions, scoreHead } from './head.ts';

export interface CrossFitted {
  /** `[N]`: probability of label 1, by the head of the other folds. */
  readonly scores: number[];
  /** `[N]`: the fold that each was tested in. */
  readonly folds: number[];
  /** What form each view of a fold's head took, by fold. */
  readonly forms: (readonly HeadForm[])[];
}

/** Ten: with few sources each one that is held out is missed. */
const outerFolds = 10;

/**
 * A head is fitted for each of `folds` (10 unless told) folds by source, all choices included, and scores the fold that it did not see.
 * `vectors` is `[N][D]` (NaN for missing), `labels` and `groups` are `[N]`. Deterministic for a seed. Throws a RangeError
 * as `foldsBySource` does.
 */
export function crossFittedScores(
  vectors: readonly Float32Array[],
  labels: readonly (0 | 1)[],
  groups: readonly number[],
  seed: number | string,
  options: Omit<HeadOptions, 'groups' | 'seed'> & { readonly folds?: number } = {},
): CrossFitted {
  const { folds: count = outerFolds, ...rest } = options;
  const folds = foldsBySource(groups, labels, count, seed);
  const scores = vectors.map(() => 0);
  const forms: (readonly HeadForm[])[] = [];
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const training = [...folds.keys()].filter((index) => folds[index] !== fold);
    const head = fitHead(
      training.map((index) => vectors[index] as Float32Array),
      training.map((index) => labels[index] as 0 | 1),
      { ...rest, groups: training.map((index) => groups[index] as number), seed: `${String(seed)}/${String(fold)}` },
    );
    forms.push(head.views.map(({ form }) => form));
    for (const [index, vector] of vectors.entries()) {
      if (folds[index] === fold) scores[index] = scoreHead(head, vector);
    }
  }
  return { scores, folds, forms };
}

/**
 * The share of pairs of an anomalous and a normal clip of one source in which the anomalous one scores higher, ties
 * counting half: what is left when nothing that a source has of its own can help. Null without such a pair.
 */
export function sameSourcePairAuc(
  scores: readonly number[],
  labels: readonly (0 | 1)[],
  groups: readonly number[],
): number | null {
  let [wins, pairs] = [0, 0];
  for (const members of Map.groupBy(scores.keys(), (index) => groups[index] ?? -1).values()) {
    for (const positive of members.filter((index) => labels[index] === 1)) {
      for (const negative of members.filter((index) => labels[index] === 0)) {
        const difference = (scores[positive] ?? 0) - (scores[negative] ?? 0);
        wins += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
        pairs++;
      }
    }
  }
  return pairs === 0 ? null : wins / pairs;
}

export interface Figure {
  /** Null where a class, or a pair, is lacking. */
  readonly value: number | null;
  /** 95 % by bootstrap over sources; null where there are too few. */
  readonly spread: Spread | null;
}

export interface SourceFigures {
  readonly auc: Figure;
  readonly sameSourcePairs: Figure;
  /** Share of the anomalous clips found at no more than 5 % false positives. */
  readonly tprAt5: Figure;
}

/** The three figures of a set of clips, whole sources being drawn for the intervals: clips of one source are alike. */
export function figuresBySource(
  scores: readonly number[],
  labels: readonly (0 | 1)[],
  groups: readonly number[],
  seed: number | string,
): SourceFigures {
  const sources = [...Map.groupBy(scores.keys(), (index) => groups[index] ?? -1).values()];
  const figure = (statistic: (scores: number[], labels: (0 | 1)[], groups: number[]) => number | null): Figure => {
    const over = (drawn: readonly (readonly number[])[]) => {
      const rows = drawn.flatMap((members, source) => members.map((index) => ({ index, source })));
      return statistic(
        rows.map(({ index }) => scores[index] as number),
        rows.map(({ index }) => labels[index] as 0 | 1),
        rows.map(({ source }) => source),
      );
    };
    return { value: over(sources), spread: bootstrapSpread(sources, over, { seed }) };
  };
  return {
    auc: figure((drawn, truth) => rocAuc(countScores(drawn, truth))),
    sameSourcePairs: figure(sameSourcePairAuc),
    tprAt5: figure((drawn, truth) => truePositiveRateAt(countScores(drawn, truth), 0.05)),
  };
}
