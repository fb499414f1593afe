import { describe, expect, it } from 'vitest';
import type { Attribute } from '../perception/attributes.ts';
import { boxAround } from '../perception/box.ts';
import type { Box } from '../perception/detection.ts';
import type { Track } from '../perception/tracks/track-objects.ts';
import { participantsOf } from './participants.ts';

const boxAt = (x: number): Box => ({ x, y: 0.4, width: 0.1, height: 0.3 });

/** Someone or something that moves right by a tenth of the picture a second. */
const track = (id: number, kind: Track['kind'], x: number): Track => ({
  id,
  kind,
  points: [0, 1, 2].map((time) => ({
    ...{ time, box: boxAt(x + time / 10), score: 0.9, keypoints: null, coasted: false, doubtful: false },
  })),
});
const measured = (name: Attribute['name'], boxes: readonly Box[], times = [0, 1]): Attribute => ({
  ...{ name, value: 1, percentile: null, times, place: boxAround(boxes) },
});

const [ann, ben, car] = [track(1, 'person', 0.1), track(2, 'person', 0.6), track(3, 'vehicle', 0.3)];
const tracks = [ann, ben, car];

describe('who an attribute is about', () => {
  it('is the track whose boxes at its frames make up its place', () => {
    expect(participantsOf(measured('person-speed', [boxAt(0.1), boxAt(0.2)]), tracks)).toEqual([1]);
    expect(participantsOf(measured('person-speed', [boxAt(0.7), boxAt(0.8)], [1, 2]), tracks)).toEqual([2]);
    expect(participantsOf(measured('vehicle-speed', [boxAt(0.3), boxAt(0.4)]), tracks)).toEqual([3]);
  });

  it('is a pair where the attribute relates two', () => {
    const both = [boxAt(0.1), boxAt(0.2), boxAt(0.6), boxAt(0.7)];
    expect(participantsOf(measured('person-gap', both), tracks)).toEqual([1, 2]);
    const mixed = [boxAt(0.1), boxAt(0.2), boxAt(0.3), boxAt(0.4)];
    expect(participantsOf(measured('person-vehicle-gap', mixed), tracks)).toEqual([1, 3]);
  });

  it('is nobody where it cannot be told', () => {
    // Of the other kind, of the whole picture, elsewhere, or as much of one as of another.
    expect(participantsOf(measured('vehicle-speed', [boxAt(0.1), boxAt(0.2)]), tracks)).toEqual([]);
    expect(participantsOf({ ...measured('person-speed', [boxAt(0)]), place: null }, tracks)).toEqual([]);
    expect(participantsOf(measured('person-speed', [boxAt(0.85)]), tracks)).toEqual([]);
    expect(participantsOf(measured('motion', [boxAt(0.1), boxAt(0.2)]), tracks)).toEqual([]);
    const twin = { ...ann, id: 4 };
    expect(participantsOf(measured('person-speed', [boxAt(0.1), boxAt(0.2)]), [...tracks, twin])).toEqual([]);
  });
});
