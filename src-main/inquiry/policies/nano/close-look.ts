/** Where to look closely: the moments that stand out, and the windows around them, which are named to the net. */
import type { Action } from '../../../contract/trajectory.ts';
import { latestOffset, quantisedOffset, rates } from '../../grammar.ts';
import { framesPerLook } from '../../lattice.ts';
import type { PolicyView } from '../../policy.ts';
import { sightingsOf, type Sighting } from '../../suspicion.ts';

/** Most moments of either kind. */
const [mostUnseen, mostSeen] = [4, 2];

/** The moments that the belief so far finds likeliest to show something, the likeliest first. */
export interface StandingOut {
  /** Those that no close look shows yet. */
  readonly unseen: readonly Sighting[];
  readonly seen: readonly Sighting[];
}

/** Moments less than half the coarsest spacing apart are one. */
export function standingOut(view: PolicyView): StandingOut {
  const apart = Math.max(...view.looks.map(({ interval }) => interval)) / 2;
  const ordered = sightingsOf(view).sort((a, b) => b.logit - a.logit || a.start - b.start);
  const close = new Set(ordered.filter(({ start }) => isSeenClosely(view, start)));
  const firstOf = (isClose: boolean, most: number) =>
    firstApart(
      ordered.filter((each) => close.has(each) === isClose),
      most,
      apart,
      ({ start }) => start,
    );
  return { unseen: firstOf(false, mostUnseen), seen: firstOf(true, mostSeen) };
}

/** Whether a look as close as a close one shows the moment. */
export function isSeenClosely(view: Pick<PolicyView, 'looks'>, moment: number): boolean {
  return view.looks.some(
    ({ frames, interval }) =>
      interval <= closeInterval(view) && frames.some(({ offset }) => Math.abs(offset - moment) < 0.75 * interval),
  );
}

/** The first `most` of the items that lie at least `distance` seconds from those taken before them. */
export function firstApart<T>(ordered: readonly T[], most: number, distance: number, timeOf: (item: T) => number): T[] {
  const taken: T[] = [];
  for (const item of ordered) {
    if (taken.length === most) break;
    if (taken.every((other) => Math.abs(timeOf(other) - timeOf(item)) >= distance)) taken.push(item);
  }
  return taken;
}

/** Seconds before a moment at which a close look at it begins: as many as the frames of the opening look lie apart, within bounds. Ours. */
const shortestReach = 1;
/** What happens shows in frames a second apart; a model that answers for segments saw all of them, and neighbours tell more. */
const longestReach = { frames: 4, segments: 16 } as const;

function reachIn({ looks: [opening] }: Pick<PolicyView, 'looks'>): number {
  const longest = longestReach[opening?.observation.kind === 'caption' ? 'segments' : 'frames'];
  return Math.min(longest, Math.max(shortestReach, opening?.interval ?? 0));
}

/** Seconds between the frames of a close look. */
const closeInterval = (view: Pick<PolicyView, 'looks'>): number => (2 * reachIn(view)) / framesPerLook;

/** Where a close look at `moment` begins, seconds after the start of the focus, as the grammar can name it. */
export const closeStart = (view: Pick<PolicyView, 'looks'>, moment: number): number =>
  quantisedOffset(moment - reachIn(view));

/**
 * A close look: one look of eight frames from as far before the moment as after it; `longer` and `denser` each double its
 * frames. Null at the end of what the grammar can name.
 */
export function closeLook(
  view: Pick<PolicyView, 'looks'>,
  moment: number,
  { longer = false, denser = false }: { readonly longer?: boolean; readonly denser?: boolean } = {},
): Extract<Action, { operator: 'SAMPLE' }> | null {
  const start = closeStart(view, moment);
  const seconds = 2 * reachIn(view);
  const end = Math.min(latestOffset, start + (longer ? 2 : 1) * seconds);
  const wanted = ((denser ? 2 : 1) * framesPerLook) / seconds;
  const rate = rates.findLast((each) => each <= wanted) ?? rates[0];
  return end > start ? { operator: 'SAMPLE', start, end, rate } : null;
}
