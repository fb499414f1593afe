/** The policy `head`: a small head on clip vectors, fitted on some sources and tested on the others. */
import { judgedViews } from '../../perception/window-dynamics.ts';
import { clusterBySource, type SourceTraits } from '../folds/cluster-by-source.ts';
import { averagedScores } from '../head/cross-fitted.ts';
import type { AssessedPolicy, Effort, TrueRecording } from './assessed.ts';

const headPolicy = 'head';

/** A recording as the head sees it. */
export interface Clip {
  /** `[D]`, NaN for what is not known. */
  readonly vector: Float32Array;
  readonly traits: SourceTraits;
  readonly effort: Effort;
}

export interface FittedHead {
  /** The recordings with their sources, and the folds that they were tested in. */
  readonly recordings: readonly TrueRecording[];
  readonly policy: AssessedPolicy;
  readonly notes: readonly string[];
}

/**
 * Groups `recordings` by source and fits heads on their `clips` (in the same order), each recording being scored by heads
 * that saw none of its source. Throws a RangeError where all come from one source.
 */
export function fitHeadBySource(
  recordings: readonly TrueRecording[],
  clips: readonly Clip[],
  seed: number,
  onFold?: () => void,
): FittedHead {
  const groups = clusterBySource(clips.map(({ traits }) => traits));
  const { scores, folds, assignments } = averagedScores(
    clips.map(({ vector }) => vector),
    recordings.map(({ isAnomalous }) => (isAnomalous ? 1 : 0)),
    groups,
    seed,
    { views: judgedViews, ...(onFold !== undefined && { onFold }) },
  );
  const sizes = [...Map.groupBy(groups, (group) => group).values()].map(({ length }) => length);
  return {
    recordings: recordings.map((recording, index) => ({
      ...recording,
      source: groups[index] ?? null,
      fold: folds[index] ?? null,
    })),
    policy: {
      policy: headPolicy,
      recordings: recordings.map(({ frames }, index) => ({
        scores: new Float64Array(frames).fill(scores[index] ?? 0),
        flags: [],
        effort: clips[index]?.effort ?? null,
      })),
    },
    notes: [
      `Sources told apart by size, rate, number and background: ${sizes.length}, the largest with ${Math.max(...sizes)} recordings.`,
      `${Math.max(...folds) + 1} folds by source, scores averaged over ${assignments} independent assignments to folds.`,
      'Intervals are by bootstrap over sources.',
    ],
  };
}
