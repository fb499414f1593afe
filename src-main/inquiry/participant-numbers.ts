/** Numbers for those whom an explanation speaks of: one and the same in several looks has one number. */
import type { ClaimParticipant } from '../contract/claim.ts';
import { boxIoU } from '../perception/box.ts';
import type { Part } from './explained-part.ts';
import { perceptionOf } from './explained-part.ts';
import type { ViewTrack } from './policy.ts';

/** Two looks' tracks are one where their boxes in a frame that both saw overlap by this much. Ours. */
const sameBox = 0.5;

interface Known {
  readonly participant: ClaimParticipant;
  readonly sightings: { readonly part: Part; readonly track: ViewTrack }[];
}

export class ParticipantNumbers {
  readonly #known: Known[] = [];

  /** Who a track of a part's look is, under the number given before or the next one; null where there is no such track. */
  of(part: Part, id: number): ClaimParticipant | null {
    const track = perceptionOf(part)?.tracks.find((each) => each.id === id);
    if (track === undefined) return null;
    const known = this.#known.find(
      ({ participant, sightings }) =>
        participant.subject === track.kind && sightings.some((other) => isOne({ part, track }, other)),
    );
    if (known !== undefined) {
      known.sightings.push({ part, track });
      return known.participant;
    }
    const number = 1 + this.#known.filter(({ participant }) => participant.subject === track.kind).length;
    const participant = { subject: track.kind, number };
    this.#known.push({ participant, sightings: [{ part, track }] });
    return participant;
  }
}

type Sighting = Known['sightings'][number];

function isOne(a: Sighting, b: Sighting): boolean {
  if (a.part === b.part) return a.track.id === b.track.id;
  const boxes = new Map(a.track.points.map(({ frame, box }) => [a.part.look.frames[frame]?.time, box]));
  const shared = b.track.points.flatMap(({ frame, box }) => {
    const other = boxes.get(b.part.look.frames[frame]?.time);
    return other === undefined ? [] : [boxIoU(box, other)];
  });
  return shared.length > 0 && shared.every((overlap) => overlap >= sameBox);
}
