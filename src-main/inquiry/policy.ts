/** What every policy is: a read-out of belief and a choice of the next action, from a view without absolute positions. */
import type { ClaimSubject, FoundByReason } from '../contract/claim.ts';
import type { Action, Observation, Reflection } from '../contract/trajectory.ts';
import type { Box } from '../perception/detection.ts';
import type { NoveltyKind } from '../perception/normality/normality.ts';
import type { Random } from '../math/random.ts';
import type { Lexicon } from './grammar.ts';

/** How much happens in one second, from triage: seconds without activity are left out (SPEC V2). */
export interface ActivityMark {
  /** Start of the second, seconds after the start of the focus. */
  readonly offset: number;
  /** (0, 1] in sixteenths. */
  readonly level: number;
}

export interface ViewFrame {
  /** Seconds after the start of the focus. */
  readonly offset: number;
  /** How long it stands for what follows, seconds. */
  readonly sight: number;
  readonly reread: boolean;
}

/** A measured attribute, with the numbers of the look's frames that it rests on. */
export interface ViewAttribute {
  readonly name: string;
  readonly value: number;
  readonly percentile: number | null;
  readonly frames: readonly number[];
  readonly place: Box | null;
  /** Ids of the tracks that it is about, the one that does it first; empty where that could not be told. */
  readonly by: readonly number[];
}

/** Someone or something followed through the frames of one look. */
export interface ViewTrack {
  readonly id: number;
  readonly kind: ClaimSubject;
  /** In order of time: the numbers of the frames that show it, and where. */
  readonly points: readonly { readonly frame: number; readonly box: Box }[];
}

/** What makes a frame unusual for its camera. */
export interface ViewNovelty {
  readonly frame: number;
  readonly by: NoveltyKind;
  readonly percentile: number;
  readonly place: Box;
}

/** What perception measured in the frames of a look. */
export interface PerceptionView {
  readonly kind: 'perception';
  readonly saw: Extract<Observation, { kind: 'perception' }>['saw'];
  readonly attributes: readonly ViewAttribute[];
  /** `[windowVectorLength]` */
  readonly vector: Float32Array;
  /** `[frames]`: nats above what is usual for this camera, and the share of its frames that surprise less. */
  readonly surprise: readonly (number | null)[];
  readonly novelty: readonly (number | null)[];
  /** What makes it so, of the frames that surprise more than nearly all. */
  readonly novelties: readonly ViewNovelty[];
  /** Whether what is usual is known for this hour of the day. */
  readonly atHour: boolean;
  readonly tracks: readonly ViewTrack[];
}

/** What a look returned, without times. */
export type ViewObservation = PerceptionView | Extract<Observation, { kind: 'symbols' | 'caption' }>;

export interface ViewLook {
  /** Seconds between its frames. */
  readonly interval: number;
  readonly purpose: FoundByReason;
  readonly frames: readonly ViewFrame[];
  readonly observation: ViewObservation;
}

export interface BeliefInput {
  /** Classes to tell apart, normal first. */
  readonly classes: readonly string[];
  readonly looks: readonly ViewLook[];
  readonly activity: readonly ActivityMark[];
}

export interface ReadOut {
  /** Logit that a moment which nobody looked at is unusual. */
  readonly prior: number;
  /** Per class of the input; sums to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** `[looks][frames]`: the evidence logit of each frame. */
  readonly evidence: readonly (readonly number[])[];
  /** Evidence that comes from no frame (triage alone): it scores seconds but is never flagged. */
  readonly unseen?: readonly { readonly offset: number; readonly interval: number; readonly logit: number }[];
}

/**
 * All that a policy may know (SPEC V1): times are seconds after the start of the focus. There is no position in the
 * recording, no length of it or of the episode, and no number of episodes.
 */
export interface PolicyView extends BeliefInput {
  readonly question: readonly string[];
  readonly lexicon: Lexicon;
  /** Length of the focus, which starts at 0. */
  readonly focusSeconds: number;
  readonly belief: ReadOut;
  readonly thoughts: readonly { readonly attributes: readonly string[]; readonly text: string }[];
  /** Actions taken so far; the opening look is none. */
  readonly taken: readonly Action[];
  readonly framesLeft: number;
  readonly stepsLeft: number;
  /** Only FINAL is left. */
  readonly mustEnd: boolean;
  /** Frames that the action would be charged, and whether grammar and budget allow it. */
  chargeOf(action: Action): { readonly frames: number; readonly allowed: boolean };
  /** Token ids that grammar and budget allow after `prefix`. */
  allowedTokens(prefix: readonly number[]): readonly number[];
}

/** Whether grammar and budget allow the look, and what it shows that was not seen is worth a frame. */
export function showsMore(view: Pick<PolicyView, 'chargeOf'>, look: Action): boolean {
  const { allowed, frames } = view.chargeOf(look);
  return allowed && frames >= 1;
}

export interface Decision {
  readonly action: Action;
  /** Why, in a few words for the reviewer. */
  readonly reason: string;
  /** What a look is for; explanations name it. */
  readonly purpose?: FoundByReason;
  /** Sum over the tokens that were not forced, temperature 1; left out where the policy has no probabilities. */
  readonly logProb?: number;
  readonly reflection?: Partial<Reflection>;
}

export interface Policy {
  readonly name: string;
  readonly version: string;
  /** Whether its episodes open with the fixed sparse look. */
  readonly opens: boolean;
  /** The policy for one episode, where it keeps something from turn to turn; by default itself. */
  forEpisode?(): Policy;
  /** A read-out, never sampled: the same input gives the same belief. */
  readBelief(input: BeliefInput): ReadOut | Promise<ReadOut>;
  /** `random` is seeded by the episode: the same seed gives the same trajectory. */
  decide(view: PolicyView, random: Random, signal?: AbortSignal): Decision | Promise<Decision>;
}
