/** How urgently a flag asks for a person: a documented rule over its class, score, duration and novelty. Pure. */
import type { Claim } from './claim.ts';
import { defaultClassIds, type DefaultClassId } from './taxonomy.ts';

/**
 * What an incident of a class threatens, if it is one: `people` in danger, `property` or rules violated, or an `oddity`.
 * A class of the reviewer's own counts as `property`: nobody names what they do not care about.
 */
export type Stake = 'people' | 'property' | 'oddity';
export type RiskLevel = 'high' | 'medium' | 'low';

const stakes: Readonly<Record<DefaultClassId, Stake>> = {
  normal: 'oddity',
  unusual: 'oddity',
  fight: 'people',
  fall: 'people',
  running: 'oddity',
  theft: 'property',
  loitering: 'oddity',
  'left-behind-object': 'property',
  vandalism: 'property',
  collision: 'people',
  intrusion: 'property',
  'crowd-disturbance': 'people',
  'fire-smoke-explosion': 'people',
  'wrong-way': 'property',
};
const weights: Readonly<Record<Stake, number>> = { people: 1, property: 0.6, oddity: 0.35 };

/** From this length on, in seconds, an incident counts as lasting. */
const lasting = 10;
/** Up to this share of a camera's footage being less unusual, something counts as usual there. */
const usual = 0.9;
/** What duration and novelty can take away from the risk. Where novelty is not known, half of its part. */
const durationPart = 0.2;
const noveltyPart = 0.15;
const high = 0.5;
const medium = 0.25;

export interface Risk {
  readonly level: RiskLevel;
  /** [0, 1]; orders flags, and is no probability. */
  readonly value: number;
  readonly stake: Stake;
  /** Seconds. */
  readonly duration: number;
  /** The share of the camera's own footage that is less unusual, [0, 1]; null where it is not known. */
  readonly novelty: number | null;
}

/** What the rule needs of a flag: class id, score in [0, 1], bounds in seconds, claims. */
export interface RiskInput {
  readonly class: string;
  readonly score: number;
  readonly start: number;
  readonly end: number;
  readonly claims: readonly Claim[];
}

/**
 * `value = w(class) · score · (1 − 0.2·(1 − min(1, duration / 10 s))) · (1 − 0.15·(1 − n))`, with w = 1 where people are in
 * danger, 0.6 for property and rules, 0.35 for what is merely odd, and n the novelty above 90 %, stretched to [0, 1], ½
 * where it is not known. High from 0.5 on, medium from 0.25 on. It rises with each of the four. The rule is ours.
 */
export function riskOf({ class: of, score, start, end, claims }: RiskInput): Risk {
  const stake = isDefault(of) ? stakes[of] : 'property';
  const duration = Math.max(0, end - start);
  const novelty = noveltyOf(claims);
  const isLasting = Math.min(1, duration / lasting);
  const isNovel = novelty === null ? 0.5 : Math.max(0, (novelty - usual) / (1 - usual));
  const sure = Math.min(1, Math.max(0, score));
  const value = weights[stake] * sure * (1 - durationPart * (1 - isLasting)) * (1 - noveltyPart * (1 - isNovel));
  return { level: value >= high ? 'high' : value >= medium ? 'medium' : 'low', value, stake, duration, novelty };
}

/** The highest share that a claim about what is unusual here names; null without such a claim. */
function noveltyOf(claims: readonly Claim[]): number | null {
  const shares = claims.flatMap((claim) =>
    claim.kind === 'unusual-here' || claim.kind === 'unusual-frame' ? [claim.args.percentile] : [],
  );
  return shares.length === 0 ? null : Math.max(...shares);
}

const isDefault = (id: string): id is DefaultClassId => (defaultClassIds as readonly string[]).includes(id);
