/** What a nano net learns from: transcripts with weights, beliefs with their truth, and pairs of transcripts. */
import { normalClass } from '../../contract/taxonomy.ts';
import type { Trajectory } from '../../contract/trajectory.ts';
import { beliefSequence, type NanoWords, type Position, type Transcript } from '../../inquiry/policies/nano/index.ts';
import type { BeliefInput } from '../../inquiry/policy.ts';
import type { ClassedInterval } from '../aei/match-intervals.ts';
import type { VideoLabel } from '../aei/terms.ts';

/** A transcript whose choices are imitated: the weight of −log π of each. */
export interface ChoiceExample {
  readonly transcript: Transcript;
  /** `[choices]` */
  readonly weights: readonly number[];
}

/** Evidence that a frame should give. */
export interface FrameTarget {
  /** Position in the sequence. */
  readonly at: number;
  /** 1 for the incident, 0 for none; between them what a version believed, as a probability. */
  readonly label: number;
}

/** A set of observations, and what is true of it. */
export interface BeliefExample {
  readonly positions: readonly Position[];
  /** The position that the classes are read from. */
  readonly read: number;
  /** Classes told apart, normal first, and those of them of which one is true. */
  readonly classes: readonly string[];
  readonly truth: readonly string[];
  /** What is to be believed of each class instead of the truth; sums to 1. */
  readonly believed?: Readonly<Record<string, number>>;
  readonly frames: readonly FrameTarget[];
  /** What the net that it was gathered with read from it, without its head on windows; left out where it was not asked. */
  readonly asRead?: {
    /** A probability for each class. */
    readonly classes: Readonly<Record<string, number>>;
    readonly frames: readonly FrameTarget[];
  };
  /** Positions of frames of which some show the incident and nobody said which, or null. */
  readonly bag: readonly number[] | null;
}

/** What is known of a recording: its label, and where and what its incidents are where somebody said so. */
export interface Truth {
  readonly label: VideoLabel;
  readonly intervals: readonly ClassedInterval[] | null;
}

/** Two transcripts, the better one first, as the preference loss takes them. */
export interface PairExample {
  readonly chosen: Transcript;
  readonly rejected: Transcript;
  /** `[choices]` weight of each log-probability in `Δ`. */
  readonly chosenWeights: readonly number[];
  readonly rejectedWeights: readonly number[];
  /** `Σ w·log π_ref(τ⁺) − Σ w·log π_ref(τ⁻)`. */
  readonly reference: number;
  /** `Σ w·log π_ref(τ⁺)` alone. */
  readonly chosenReference: number;
  readonly smoothing: number;
  /** `[choices of chosen]` weight of its −log π. */
  readonly likelihood: readonly number[];
}

/** A moment that a frame shows, and how far on either side what it shows is asked about; seconds. */
interface Seen {
  readonly time: number;
  readonly reach: number;
}

/**
 * What the belief should be of the looks of `input`, which are the first ones of the trajectory. A frame stands for half
 * the sampling interval on either side: what is seen from afar hints at what lies beside it. Frames have labels where
 * the recording is innocent or its intervals are known, else they make a bag. The truth is among the classes that were
 * seen happening; where no frame shows an incident that the recording has, its classes all the same: a belief is about
 * the recording, and says how sure it can be.
 */
export function beliefExample(
  input: BeliefInput,
  { looks, grid }: Pick<Trajectory, 'looks' | 'grid'>,
  truth: Truth,
  words: NanoWords,
): BeliefExample {
  const { positions, read, frames } = beliefSequence(input, words);
  const targets = new Map<number, Seen>();
  for (const [look, places] of frames.entries()) {
    const { interval = 0, observation } = input.looks[look] ?? {};
    // A model that answers for a segment has seen all of it.
    const reach = observation?.kind === 'caption' ? 0 : interval / 2;
    for (const [frame, at] of places.entries()) {
      const time = (looks[look]?.keys[frame] ?? NaN) / grid.ticksPerSecond;
      targets.set(at, { time, reach });
    }
  }
  const isIncident = ({ time, reach }: Seen) =>
    (truth.intervals ?? []).some(({ start, end }) => time - reach < end && (time >= start || time + reach > start));
  const isTold = truth.label === 0 || truth.intervals !== null;
  return {
    ...{ positions, read, classes: input.classes, truth: trueClasses(input.classes, truth) },
    frames: isTold ? [...targets].map(([at, seen]) => ({ at, label: isIncident(seen) ? 1 : 0 })) : [],
    bag: isTold || targets.size === 0 ? null : [...targets.keys()],
  };
}

/** Of an incident whose class is none of those told apart, any of them. */
function trueClasses(classes: readonly string[], { label, intervals }: Truth): readonly string[] {
  if (label === 0) return [normalClass];
  const named = new Set((intervals ?? []).map((interval) => interval.class));
  const known = classes.filter((id) => named.has(id));
  return known.length > 0 ? known : classes.filter((id) => id !== normalClass);
}
