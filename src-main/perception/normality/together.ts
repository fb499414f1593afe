/** The surprises of all kinds as one number: how much more likely the frame is if something is going on. */
import { noveltyKinds, type NoveltyKind, type Pattern } from './normality.ts';
import { surpriseOf } from './tail.ts';
import type { Measures } from './usual.ts';

/**
 * Share of incidents that show in a kind. Of motion one half, for want of knowing better; of what the nets see half as
 * many, because they miss about half of what is there (measured by eye on 14 frames of cameras: recall .5).
 */
const shown: Readonly<Record<NoveltyKind, number>> = { velocity: 0.5, place: 0.5, object: 0.25, pose: 0.25 };

/**
 * Each kind either shows what is going on, or is as usual whatever happens: a kind with share `ε` multiplies the odds by
 * `1 − ε + ε e`, where `e` is the evidence that its surprise is worth. So what is merely less common than the rest adds
 * next to nothing, and a kind that has nothing to say leaves the others' word as it is; sums of nats would drown it.
 * In nats, from 0 where every kind is as usual as can be, rising with each surprise. Kinds without a tail say nothing.
 */
export function together(measures: Measures, tails: Pattern['tails']): number {
  return noveltyKinds.reduce((sum, kind) => {
    const [measure, tail] = [measures[kind], tails[kind]];
    if (measure === undefined || tail === undefined) return sum;
    const share = shown[kind];
    return sum + logMixed(share, logEvidence(surpriseOf(measure.value, tail))) - logMixed(share, leastEvidence);
  }, 0);
}

/** Nats of evidence where the surprise is 0. */
const leastEvidence = Math.log(0.5);

/**
 * ln of `(1 − p + p ln p) / (p ln² p) = (eˢ − 1 − s) / s²` for `p = e⁻ˢ`: what a p-value is worth as evidence whatever the
 * alternative, `∫ κ p^(κ−1) dκ` over κ in [0, 1].
 *
 * Source: Vovk & Wang 2021, E-values: calibration, combination and applications, Annals of Statistics 49, section 2.
 */
function logEvidence(nats: number): number {
  // Where the difference would be rounding: the first terms of the series ½ + s/6.
  if (nats < 1e-3) return Math.log(0.5 + nats / 6);
  return nats + Math.log1p(-(1 + nats) * Math.exp(-nats)) - 2 * Math.log(nats);
}

/** `ln(1 − ε + ε eˣ)` without overflow. */
function logMixed(share: number, log: number): number {
  const most = Math.max(0, log);
  return most + Math.log((1 - share) * Math.exp(-most) + share * Math.exp(log - most));
}
