/** A look's part in an interval that is explained: its frames inside, and what of the look rests on them. */
import { evidenceFrom, type Evidence } from '../contract/claim.ts';
import type { Interval } from '../math/interval.ts';
import type { PerceptionView, ViewAttribute } from './policy.ts';
import type { TakenLook } from './taken-look.ts';

export interface Part {
  /** Number of the look among all of the episode. */
  readonly number: number;
  readonly look: TakenLook;
  /** Time stamps of the frames inside the interval, by their numbers in the look. */
  readonly timeOf: ReadonlyMap<number, number>;
}

/** The parts of `looks` in a span after the anchor; looks without a frame in it have none. */
export function partsOf(looks: readonly TakenLook[], span: Interval): Part[] {
  return looks.flatMap((look, number): Part[] => {
    const inside = look.frames.flatMap((frame, index) =>
      frame.asked < span.end && frame.sight.end > span.start ? [[index, frame.time] as const] : [],
    );
    return inside.length === 0 ? [] : [{ number, look, timeOf: new Map(inside) }];
  });
}

/** What perception measured in the look; null in another world. */
export const perceptionOf = ({ look: { observation } }: Part): PerceptionView | null =>
  observation.kind === 'perception' ? observation : null;

/** Time stamps of those of `frames` that lie inside, as evidence; null where none does. */
export const evidenceOf = (part: Part, frames: readonly number[]): Evidence | null =>
  evidenceFrom(frames.flatMap((frame) => part.timeOf.get(frame) ?? []));

/** An attribute with the frames inside the interval that it rests on. */
export interface Found {
  readonly part: Part;
  readonly attribute: ViewAttribute;
  readonly evidence: Evidence;
}

/** What was measured of `name` in each part, where it rests on frames inside. */
export const foundIn = (parts: readonly Part[], name: string): Found[] =>
  parts.flatMap((part) =>
    (perceptionOf(part)?.attributes ?? []).flatMap((attribute) => {
      const evidence = attribute.name === name ? evidenceOf(part, attribute.frames) : null;
      return evidence === null ? [] : [{ part, attribute, evidence }];
    }),
  );

/** The largest value of an attribute among the parts; null where it was not measured inside. */
export const largestOf = (parts: readonly Part[], name: string): Found | null =>
  foundIn(parts, name).reduce<Found | null>(
    (best, found) => (best === null || found.attribute.value > best.attribute.value ? found : best),
    null,
  );
