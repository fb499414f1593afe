/** A measured value with the frames and the place that it comes from, and how attributes are chosen among many. */
import type { Attribute, AttributeName } from './attributes.ts';
import { boxAround } from './box.ts';
import type { Box } from './detection.ts';

export interface Sample {
  readonly value: number;
  /** Frame times, not empty. */
  readonly times: readonly number[];
  readonly place: Box | null;
}

/** The largest of `samples`, the earliest of equals; null where there is none. */
export function largest(samples: readonly Sample[]): Sample | null {
  return samples.reduce<Sample | null>(
    (best, sample) => (best === null || sample.value > best.value ? sample : best),
    null,
  );
}

/** The smallest of `samples`, the earliest of equals; null where there is none. */
export function smallest(samples: readonly Sample[]): Sample | null {
  return samples.reduce<Sample | null>(
    (best, sample) => (best === null || sample.value < best.value ? sample : best),
    null,
  );
}

/** The sample that nine tenths do not exceed: the largest of fewer than ten, and no single mistake of many. */
export function ninthDecile(samples: readonly Sample[]): Sample | null {
  const rising = samples.toSorted((a, b) => a.value - b.value);
  return rising[Math.ceil(0.9 * rising.length) - 1] ?? null;
}

/** The share of `asked` frames in which something was seen, at the places where it was. Null where no frame was asked. */
export function shareOf(
  asked: readonly number[],
  seen: readonly { readonly time: number; readonly place: Box }[],
): Sample | null {
  if (asked.length === 0) return null;
  const times = [...new Set(seen.map(({ time }) => time))];
  if (times.length === 0) return { value: 0, times: asked, place: null };
  return { value: times.length / asked.length, times, place: boxAround(seen.map(({ place }) => place)) };
}

/** `sample` as the attribute `name`, or nothing. */
export function attributeFrom(name: AttributeName, sample: Sample | null): Attribute[] {
  if (sample === null) return [];
  const times = [...new Set(sample.times)].toSorted((a, b) => a - b);
  return [{ name, value: sample.value, percentile: null, times, place: sample.place }];
}
