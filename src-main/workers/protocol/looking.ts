/** Tasks of scans: the cheap pass, an episode under one policy or two, and what a camera usually shows. */
import type { Zone } from '../../contract/zone.ts';
import type { Budget, FlaggedInterval, Thresholds } from '../../inquiry/index.ts';
import type { Truth } from '../../training/nano/examples.ts';
import type { BlobHash, FrameBlob, NetsChoice, NormalityAt, PolicyChoice } from './shared.ts';

/** One of two policies that are compared, with what an episode may cost it. */
export interface ComparedChoice {
  readonly policy: PolicyChoice;
  readonly budget: Budget;
}

/** What one of two policies made of an episode. */
export interface ComparedEpisode {
  readonly trajectory: BlobHash;
  readonly flags: readonly FlaggedInterval[];
  readonly framesObserved: number;
  /** Asked for and not given. */
  readonly framesMasked: number;
  /** Null without truth, or without a net that could judge. */
  readonly utility: number | null;
}

export interface LookingTasks {
  /** The cheap pass: activity per second, as a blob. */
  triage: {
    params: { recording: string };
    result: { triage: BlobHash; framesDecoded: number; seconds: number };
  };
  /** One episode of a recording under a policy. */
  inquire: {
    params: {
      recording: string;
      triage: BlobHash;
      episode: { start: number; end: number };
      policy: PolicyChoice;
      budget: Budget;
      seed: number;
      /** Frame observations that earlier looks left, to be read instead of decoded. */
      cached: readonly BlobHash[];
      /** Snapshot of what the camera usually shows and the local hour; null as long as nothing is known. */
      normality: NormalityAt | null;
      /** Which places of the picture count, what is asked for, and what it takes for a flag. */
      zones: readonly Zone[];
      question: readonly string[];
      thresholds: Thresholds;
      nets: NetsChoice;
    };
    result: {
      trajectory: BlobHash;
      /** Newly made frame observations, null where all were cached. */
      frames: FrameBlob | null;
      flags: readonly FlaggedInterval[];
      /** Frames that the policy was charged for, and those of them that were not in the cache. */
      framesObserved: number;
      framesMade: number;
      /** Where the nets ran; empty where nothing had to be looked at. */
      provider: string;
    };
  };
  /**
   * One episode under two policies, on what was seen of it before and at most so many new frames for each; what else they
   * ask for stays masked.
   */
  compare: {
    params: Omit<LookingTasks['inquire']['params'], 'policy' | 'budget'> & {
      sides: readonly [ComparedChoice, ComparedChoice];
      newFrames: number;
      /** What reviewers said of the episode; null where that is nothing. */
      truth: Truth | null;
    };
    result: {
      sides: readonly [ComparedEpisode, ComparedEpisode];
      frames: FrameBlob | null;
    };
  };
  /**
   * What a recording teaches of its camera's usual life. Of `trajectories` it is taken where was looked without a reason;
   * without any, every cached frame is.
   */
  'learn-normality': {
    params: {
      recording: string;
      /** Local hour, 0 to 23. */
      hour: number | null;
      cached: readonly BlobHash[];
      trajectories: readonly BlobHash[];
    };
    result: { part: BlobHash };
  };
  /** One snapshot from the parts of a camera's recordings, whatever their order. */
  'merge-normality': {
    params: { parts: readonly BlobHash[] };
    result: { normality: BlobHash };
  };
}
