/** What the policy is shown as numbers: soft tokens of looks, frames, activity and the state of the episode. */
import { attributeNames, type AttributeName } from '../../../perception/attributes.ts';
import { strengthOf, windowLayoutEntries } from '../../../perception/window-layout.ts';
import { hash32 } from '../../../math/random.ts';
import type { ActivityMark, PerceptionView, PolicyView, ViewLook } from '../../policy.ts';
import { logitOf, sigmoid } from '../../../math/logistic.ts';
import type { Sighting } from '../../suspicion.ts';
import { firstApart } from './close-look.ts';
import { captionWords, modalities, symbolPlaces, type Modality } from './nano-config.ts';

export interface SoftToken {
  readonly modality: Modality;
  /** `[modalities[modality]]`, about [-1, 1]. */
  readonly features: Float32Array;
}

/** The soft tokens of a look: one for all of it where there is something to say of all of it, and one for each frame. */
export interface LookTokens {
  readonly whole: SoftToken | null;
  readonly frames: readonly (SoftToken | null)[];
}

const token = (modality: Modality, features: ArrayLike<number>): SoftToken => {
  if (features.length !== modalities[modality]) {
    throw new RangeError(`${features.length} features for ${modality}, which has ${modalities[modality]}.`);
  }
  return { modality, features: Float32Array.from(features) };
};

/** Spacing in octaves around a second, how long the frame stands for what follows, whether it was seen before. */
const ofLook = (interval: number, sight: number, reread: boolean): number[] => [
  Math.log2(interval) / 4,
  sight / 2,
  reread ? 1 : 0,
];

/** A count or an amount without an upper end, as a share that is ½ at `half`. */
const squashed = (amount: number, half: number) => amount / (amount + half);

export function lookTokens(look: ViewLook): LookTokens {
  const { observation, interval, frames } = look;
  const own = frames.map(({ sight, reread }) => ofLook(interval, sight, reread));
  const whole = ofLook(interval, 0, frames.length > 0 && frames.every(({ reread }) => reread));
  switch (observation.kind) {
    case 'perception':
      return {
        whole: token('window', [...observation.vector, ...whole]),
        frames: own.map((rest, frame) => token('frame', [...ofFrame(observation, frame), ...rest])),
      };
    case 'caption': {
      const segments = observation.segments.map(({ caption, score }) => ofCaption(caption, score));
      return {
        whole: null,
        frames: own.map((rest, frame) => {
          const said = segments[observation.segments.findIndex((segment) => segment.frames.includes(frame))];
          return token('caption', [...(said ?? silence), ...rest]);
        }),
      };
    }
    case 'symbols':
      return {
        whole: token('symbols', [...ofSymbols(observation.symbols), ...whole]),
        frames: own.map((rest, frame) => {
          const each = observation.symbols.length / frames.length;
          if (!Number.isInteger(each)) return null;
          return token('symbols', [...ofSymbols(observation.symbols.slice(frame * each, (frame + 1) * each)), ...rest]);
        }),
      };
    default:
      return observation satisfies never;
  }
}

const trackKinds = ['person', 'vehicle', 'animal', 'bag'] as const;
/** Nats at which a surprise is half of what it can be; tracks in view likewise. As in `windowLayoutEntries`. */
const strongSurprise = 4;
const manyTracks = 4;

/** The attributes that rest on a frame, how unusual the frame is, and who is in it. */
function ofFrame({ attributes, surprise, novelty, tracks }: PerceptionView, frame: number): number[] {
  const strengths = new Map(
    attributes.flatMap(({ name, value, frames }): [string, number][] =>
      frames.includes(frame) ? [[name, strengthOf(name as AttributeName, value)]] : [],
    ),
  );
  const [nats, share] = [surprise[frame] ?? null, novelty[frame] ?? null];
  const inView = trackKinds.map(
    (kind) =>
      tracks.filter((track) => track.kind === kind && track.points.some((point) => point.frame === frame)).length,
  );
  return [
    ...attributeNames.map((name) => strengths.get(name) ?? 0),
    nats === null ? 0 : 1,
    nats === null ? 0 : squashed(nats, strongSurprise),
    share ?? 0,
    ...inView.map((count) => squashed(count, manyTracks)),
  ];
}

/** What comes before the words of a caption: whether there is one, and three numbers of its score. */
const beforeWords = 4;

/**
 * Places that no simulated recording fills: how unusual something is for its camera, and which words a caption has.
 */
export const unsimulatedFeatures: Readonly<Record<'window' | 'frame' | 'caption', readonly number[]>> = {
  window: windowLayoutEntries.flatMap(({ part }, place) => (part === 'normality' ? [place] : [])),
  frame: [0, 1, 2].map((place) => attributeNames.length + place),
  caption: Array.from({ length: captionWords }, (_, word) => beforeWords + word),
};

/** Bounds within which a model's score is taken for a probability (SPEC P5). */
const leastScore = 0.02;
const silence: readonly number[] = Array.from({ length: beforeWords + captionWords }, () => 0);

/** Whether anything was said, the score, its logit, and the words, each at a place of its own but for collisions. */
function ofCaption(caption: string | null, score: number | null): number[] {
  const words = new Float64Array(captionWords);
  const found = (caption ?? '').toLowerCase().match(/[a-z]{3,}/gu) ?? [];
  for (const word of new Set(found)) words[hash32(word) % captionWords] = 1;
  const length = Math.max(1, Math.hypot(...words));
  const clipped = Math.min(1 - leastScore, Math.max(leastScore, score ?? leastScore));
  const told = score === null ? [0, 0, 0] : [1, score, logitOf(clipped) / 4];
  return [caption === null ? 0 : 1, ...told, ...Array.from(words, (word) => (2 * word) / length)];
}

/** How often each symbol occurs, as ln(1 + n). */
function ofSymbols(symbols: readonly number[]): number[] {
  const counts = Array.from({ length: symbolPlaces }, () => 0);
  for (const symbol of symbols) counts[symbol % symbolPlaces] = (counts[symbol % symbolPlaces] ?? 0) + 1;
  return counts.map((count) => Math.log1p(count));
}

/** What triage says of the episode as a whole: the busiest second, and how many seconds are how busy. */
export function contextToken(activity: readonly ActivityMark[]): SoftToken {
  const busiest = activity.reduce((most, { level }) => Math.max(most, level), 0);
  const seconds = (least: number) => squashed(activity.filter(({ level }) => level >= least).length, 8);
  return token('context', [busiest, seconds(0), seconds(0.25), seconds(0.5)]);
}

export interface ActivityPeak {
  /** Middle of the second, seconds after the start of the focus. */
  readonly offset: number;
  readonly token: SoftToken;
}

const mostPeaks = 8;
/** Seconds around a peak that are no peaks of their own, and those that count as its neighbourhood. */
const apart = 3;
const around = 8;

/** The busiest seconds of triage, the busiest first (of equals the earlier), with how busy it is around them. */
export function activityPeaks(activity: readonly ActivityMark[]): ActivityPeak[] {
  const ordered = activity.toSorted((a, b) => b.level - a.level || a.offset - b.offset);
  const peaks = firstApart(ordered, mostPeaks, apart, ({ offset }) => offset);
  const meanNear = (offset: number, reach: number) =>
    activity.filter((mark) => Math.abs(mark.offset - offset) <= reach).reduce((sum, { level }) => sum + level, 0) /
    (2 * reach + 1);
  return peaks.map(({ offset, level }) => ({
    offset: offset + 0.5,
    token: token('peak', [level, meanNear(offset, apart), meanNear(offset, around)]),
  }));
}

/** How likely something shows at a moment, by the belief so far, and how far apart the frames lie that show it best. */
export function suspicionToken({ logit, interval }: Pick<Sighting, 'logit' | 'interval'>): SoftToken {
  return token('peak', [sigmoid(logit), logit / 8, Math.log2(interval) / 4]);
}

/** What is left of the budget, how long the focus is, how many turns were taken. */
export function turnToken(
  view: Pick<PolicyView, 'framesLeft' | 'stepsLeft' | 'focusSeconds' | 'mustEnd' | 'taken'>,
): SoftToken {
  return token('turn', [
    Math.min(1, view.framesLeft / 40),
    squashed(view.framesLeft, 8),
    Math.min(1, view.stepsLeft / 24),
    Math.log2(view.focusSeconds) / 7,
    view.mustEnd ? 1 : 0,
    squashed(view.taken.length, 4),
  ]);
}
