/** Tasks of training: what rollouts will look at, and the rounds themselves. */
import type { GateCheck } from '../../contract/training.ts';
import type { Zone } from '../../contract/zone.ts';
import type { Budget } from '../../inquiry/index.ts';
import type { Truth } from '../../training/nano/examples.ts';
import type { LearnedFrom, RoundSettings } from '../../training/rounds/settings.ts';
import type { BlobHash, FrameBlob, NetsChoice, NormalityAt, PolicyChoice } from './shared.ts';

/** An episode of a recording, and what it takes to look at it again. */
export interface EpisodeAgain {
  readonly recording: string;
  readonly triage: BlobHash;
  readonly episode: { readonly start: number; readonly end: number };
  /** Frame observations that earlier looks left. */
  readonly cached: readonly BlobHash[];
  readonly normality: NormalityAt | null;
  readonly zones: readonly Zone[];
  readonly question: readonly string[];
  readonly budget: Budget;
}

/** A labelled episode; names of trajectories are those of their blobs. */
export interface TrainingEpisode extends EpisodeAgain {
  readonly truth: Truth;
  /** Trajectories whose FINAL the truth corrects, and those of which a reviewer found the first better than the second. */
  readonly corrects: readonly BlobHash[];
  readonly preferences: readonly { readonly chosen: BlobHash; readonly rejected: BlobHash }[];
}

/** What a run learns from. */
export type TrainingMaterial =
  | { readonly kind: 'episodes'; readonly episodes: readonly TrainingEpisode[] }
  /** A replay file, of which the video-level labels are used. */
  | { readonly kind: 'replay'; readonly file: BlobHash };

export interface LearningTasks {
  /** Looks at frames of an episode that rollouts of training will ask for: so many new ones at most. */
  'look-ahead': {
    params: EpisodeAgain & {
      /** Of which some frames are looked at in any case. */
      spans: readonly { start: number; end: number }[];
      policy: PolicyChoice;
      mostFrames: number;
      seed: number;
      nets: NetsChoice;
    };
    result: { frames: FrameBlob | null };
  };
  /**
   * Rounds of training from the weights of a version, then what the gate asks about the outcome. Its state lies in `folder`,
   * from where it goes on when it was cut off.
   */
  train: {
    params: {
      folder: string;
      weights: BlobHash;
      material: TrainingMaterial;
      rounds: number;
      rollouts: number;
      learnedFrom: LearnedFrom;
      seed: number;
      threads: number;
      /** Simulated recordings on which the outcome must not be worse. */
      guardRecordings: number;
      /** It stops after the update at which it has taken so long. */
      mostSeconds: number;
      /** That it had taken before it was cut off. */
      secondsBefore: number;
    };
    result: {
      weights: BlobHash;
      bytes: number;
      checks: readonly GateCheck[];
      /** Why it stopped before all its rounds, in one sentence; null where it did not. */
      stopped: string | null;
      /** Episodes that had something true in them, and those that had not. */
      incidents: number;
      innocent: number;
      /** What was set, for the version. */
      settings: RoundSettings;
    };
  };
}
