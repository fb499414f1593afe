/** How unusual an attribute's value is among the camera's own looks. */
import type { AttributeName } from '../attributes.ts';
import { strengthOf } from '../window-layout.ts';
import { strengthBins } from './counts.ts';
import type { NormalityHere } from './normality.ts';
import { strengthsOf } from './part.ts';

/** Looks of that spacing with the attribute below which nothing is said: 1 in 40 can just be told. */
const fewestLooks = 40;

/**
 * Share of the camera's looks of similar spacing in which the attribute is weaker (for distances: larger), [0, 1);
 * `interval` is the mean time between the look's frames, seconds. Over all hours: an hour has too few looks of each
 * spacing. Null where fewer than 40 looks showed the attribute.
 */
export function percentileOf(
  name: AttributeName,
  value: number,
  interval: number,
  { normality }: NormalityHere,
): number | null {
  const { counts } = normality.all;
  const from = strengthsOf(name, interval);
  const place = strengthBins * strengthOf(name, value);
  let total = 0;
  let weaker = 0;
  for (let bin = 0; bin < strengthBins; bin++) {
    const looks = counts[from + bin] ?? 0;
    total += looks;
    // Values inside a class are taken to be spread evenly.
    weaker += looks * Math.min(1, Math.max(0, place - bin));
  }
  return normality.enough && total >= fewestLooks ? weaker / (total + 1) : null;
}
