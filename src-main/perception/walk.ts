/** A person through a look: the bodies of one track, and when two of them can be compared. */
import { type Body, bodyOf } from './bodies.ts';
import type { Track } from './tracks/track-objects.ts';

/** A person in one frame. */
export interface FollowedBody {
  readonly time: number;
  readonly body: Body;
  /** See TrackPoint. */
  readonly doubtful: boolean;
}

/** One person, frame by frame where seen. */
export type Walk = readonly FollowedBody[];

/** `aspects` has width over height of the picture for the time of every frame of the look. */
export function walkOf({ points }: Track, aspects: ReadonlyMap<number, number>): Walk {
  return points.flatMap((point): FollowedBody[] => {
    const aspect = aspects.get(point.time);
    if (point.coasted || aspect === undefined) return [];
    return [{ time: point.time, body: bodyOf(point, aspect), doubtful: point.doubtful }];
  });
}

/** Persons whose heights differ by more than this factor stand at different distances from the camera. */
const sameDistance = 1.5;

export const similar = (a: { readonly size: number }, b: { readonly size: number }): boolean =>
  a.size <= sameDistance * b.size && b.size <= sameDistance * a.size;

/** Every two of `items`, once. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b): [T, T] => [a, b]));
}
