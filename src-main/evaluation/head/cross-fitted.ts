/** Scores of clips by heads that saw none of the clip's source, and how well they tell the classes apart. */
import { logitOf, sigmoid } from '../../math/logistic.ts';
import { bootstrapSpread, type Spread } from '../metrics/bootstrap.ts';
import { rocAuc, truePositiveRateAt } from '../metrics/roc.ts';
import { countScores } from '../metrics/score-counts.ts';
import { sourcePairAuc, type SourcedScore } from '../metrics/source-pairs.ts';
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

type CrossFitOptions = Omit<HeadOptions, 'groups' | 'seed'> & {
  readonly folds?: number;
  /** Called when a fold is done: each takes about a second on two hundred clips. */
  readonly onFold?: () => void;
};

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
  options: CrossFitOptions = {},
): CrossFitted {
  const { folds: count = outerFolds, onFold, ...rest } = options;
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
    onFold?.();
  }
  return { scores, folds, forms };
}

/** Assignments that scores are averaged over: the figure of one depends on its draw (pairs .875 to .907 over twenty). */
const assignments = 5;

/**
 * Scores that hang less on which sources share a fold: those of several independent assignments to folds, each with its
 * own heads and choices, the log-odds averaged. In each of them a clip is scored by heads that saw none of its source.
 * `folds` are those of the first. Otherwise as `crossFittedScores`.
 */
export function averagedScores(
  vectors: readonly Float32Array[],
  labels: readonly (0 | 1)[],
  groups: readonly number[],
  seed: number | string,
  options: CrossFitOptions = {},
): Pick<CrossFitted, 'scores' | 'folds'> & { readonly assignments: number } {
  const fitted = Array.from({ length: assignments }, (_, assignment) =>
    crossFittedScores(vectors, labels, groups, `${String(seed)}/assignment ${String(assignment)}`, options),
  );
  const scores = vectors.map((_, index) => {
    const logits = fitted.map((each) => finiteLogitOf(each.scores[index] as number));
    return sigmoid(logits.reduce((sum, logit) => sum + logit, 0) / logits.length);
  });
  return { scores, folds: fitted[0]?.folds ?? [], assignments };
}

/** Of a probability; of one that rounding made certain, that of the nearest which is not. */
function finiteLogitOf(probability: number): number {
  const inside = Math.min(1 - Number.EPSILON, Math.max(Number.MIN_VALUE, probability));
  return logitOf(inside);
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
  const figure = (statistic: (clips: readonly SourcedScore[]) => number | null): Figure => {
    // A source that is drawn twice is two sources: clips of its two copies make no pair.
    const over = (drawn: readonly (readonly number[])[]) =>
      statistic(
        drawn.flatMap((members, source) =>
          members.map((index) => ({ source, score: scores[index] as number, label: labels[index] as 0 | 1 })),
        ),
      );
    return { value: over(sources), spread: bootstrapSpread(sources, over, { seed }) };
  };
  const counted = (clips: readonly SourcedScore[]) =>
    countScores(
      clips.map(({ score }) => score),
      clips.map(({ label }) => label),
    );
  return {
    auc: figure((clips) => rocAuc(counted(clips))),
    sameSourcePairs: figure((clips) => sourcePairAuc(clips)?.auc ?? null),
    tprAt5: figure((clips) => truePositiveRateAt(counted(clips), 0.05)),
  };
}
