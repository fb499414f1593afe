/** Who or what a measured attribute is about: the tracks whose boxes at its frames make up the place that it names. */
import type { ClaimSubject } from '../contract/claim.ts';
import type { Attribute, AttributeName } from '../perception/attributes.ts';
import { boxAround, boxIoU } from '../perception/box.ts';
import type { Box } from '../perception/detection.ts';
import type { Track } from '../perception/tracks/track-objects.ts';

/** Whom attributes are about, the one who does it first; attributes of the whole picture or of groups are not here. */
const subjectsOf: Readonly<
  Partial<Record<AttributeName, readonly [ClaimSubject] | readonly [ClaimSubject, ClaimSubject]>>
> = {
  'person-gap': ['person', 'person'],
  'person-overlap': ['person', 'person'],
  'person-speed': ['person'],
  'person-start': ['person'],
  'person-stop': ['person'],
  'limb-speed': ['person'],
  'wrist-in-other': ['person'],
  bent: ['person'],
  lying: ['person'],
  fall: ['person'],
  dwell: ['person'],
  'approach-speed': ['person', 'person'],
  chase: ['person', 'person'],
  'vehicle-speed': ['vehicle'],
  'vehicle-stop': ['vehicle'],
  'vehicle-overlap': ['vehicle', 'vehicle'],
  'against-flow': ['vehicle'],
  'person-vehicle-gap': ['person', 'vehicle'],
  'left-behind': ['bag'],
};

/** The place must be made up of the boxes up to what a body's outline and a net's box differ by, and of no others. Ours. */
const fits = 0.6;
const rivals = 0.5;

/**
 * Ids of the tracks that the attribute is about, in the order of `subjectsOf`; empty where none fit, or where others fit
 * nearly as well, so that nothing is said of the wrong one.
 */
export function participantsOf(attribute: Attribute, tracks: readonly Track[]): number[] {
  const subjects = subjectsOf[attribute.name];
  const { place, times } = attribute;
  if (subjects === undefined || place === null) return [];
  const [first, second] = subjects;
  const asked = new Set(times);
  const present = tracks.flatMap(({ id, kind, points }): Present[] => {
    const boxes = points.flatMap(({ time, box }) => (asked.has(time) ? [box] : []));
    return boxes.length === 0 ? [] : [{ id, kind, boxes }];
  });
  const ofKind = (kind: ClaimSubject) => present.filter((each) => each.kind === kind);
  const groups =
    second === undefined
      ? ofKind(first).map((one) => [one])
      : ofKind(first).flatMap((one) =>
          ofKind(second).flatMap((other) =>
            one === other || (first === second && one.id > other.id) ? [] : [[one, other]],
          ),
        );
  const ranked = groups
    .map((group) => ({ group, fit: boxIoU(boxAround(group.flatMap(({ boxes }) => boxes)), place) }))
    .sort((a, b) => b.fit - a.fit);
  const [best, rival] = ranked;
  if (best === undefined || best.fit < fits || (rival !== undefined && rival.fit >= rivals)) return [];
  return best.group.map(({ id }) => id);
}

interface Present {
  readonly id: number;
  readonly kind: Track['kind'];
  readonly boxes: readonly Box[];
}
