/** The closed list of readable attributes of a window: what each means, its unit and its range. */
import type { Box } from './detection.ts';

export interface AttributeDefinition {
  /** One sentence of meaning, in terms of what is in the picture. */
  readonly meaning: string;
  readonly unit:
    | 'share'
    | 'count'
    | 'seconds'
    | 'picture-heights/s'
    | 'body-heights/s'
    | 'body-heights'
    | 'lengths/s'
    | 'picture-widths';
  /** Smallest and largest value; Infinity where there is no bound. */
  readonly range: readonly [number, number];
  /** Value at which the attribute is about as strong as it gets, for squashing into [0, 1]; a scale, not a threshold. */
  readonly scale: number;
  /** Which way it gets stronger: `less` for distances. */
  readonly stronger: 'more' | 'less';
  /** What must have been measured for the attribute to be there at all. */
  readonly needs: 'motion' | 'objects' | 'persons' | 'persons-or-objects';
}

/**
 * Lengths are relative to the persons or vehicles themselves wherever that is possible, so that a near and a far camera
 * give similar values. "Look" is the set of frames of the window. An attribute that could not be measured (no person,
 * no second person, frames too far apart in time) is absent, not 0.
 */
export const attributeDefinitions = {
  motion: {
    meaning: 'Share of the picture that moves, mean over the frames of the look.',
    unit: 'share',
    range: [0, 1],
    scale: 0.1,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-peak': {
    meaning: 'Share of the picture that moves in the frame where it is largest.',
    unit: 'share',
    range: [0, 1],
    scale: 0.2,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-onset': {
    meaning: 'Largest rise of the moving share from one frame of the look to the next.',
    unit: 'share',
    range: [0, 1],
    scale: 0.1,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-stop': {
    meaning: 'Largest fall of the moving share from one frame of the look to the next.',
    unit: 'share',
    range: [0, 1],
    scale: 0.1,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-erratic': {
    meaning:
      'Share of the motion that no smooth displacement explains: fast limbs, deformation, things that appear or vanish.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-speed': {
    meaning: 'Speed of the fastest tenth of what moves.',
    unit: 'picture-heights/s',
    range: [0, Infinity],
    scale: 0.5,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-coherence': {
    meaning: 'How much what moves goes one way: 1 all in one direction, 0 in all directions.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'motion',
  },
  'motion-outside': {
    meaning: 'Share of the motion outside the boxes of all persons and objects.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'light-change': {
    meaning: 'Largest change of brightness of the whole picture between a frame and its neighbour.',
    unit: 'share',
    range: [0, 1],
    scale: 0.25,
    stronger: 'more',
    needs: 'motion',
  },
  'camera-moved': {
    meaning: 'Largest displacement of the whole picture between a frame and its neighbour.',
    unit: 'picture-widths',
    range: [0, Infinity],
    scale: 0.05,
    stronger: 'more',
    needs: 'motion',
  },
  cut: {
    meaning: 'Number of frames whose neighbour shows another picture altogether.',
    unit: 'count',
    range: [0, Infinity],
    scale: 1,
    stronger: 'more',
    needs: 'motion',
  },
  persons: {
    meaning: 'Largest number of persons in one frame.',
    unit: 'count',
    range: [0, Infinity],
    scale: 8,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  vehicles: {
    meaning: 'Largest number of vehicles (cycles and motorcycles among them) in one frame.',
    unit: 'count',
    range: [0, Infinity],
    scale: 8,
    stronger: 'more',
    needs: 'objects',
  },
  animals: {
    meaning: 'Largest number of animals in one frame.',
    unit: 'count',
    range: [0, Infinity],
    scale: 2,
    stronger: 'more',
    needs: 'objects',
  },
  bags: {
    meaning: 'Largest number of bags and suitcases in one frame.',
    unit: 'count',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'objects',
  },
  crowd: {
    meaning: 'Largest number of persons within one and a half body heights of one of them, that one included.',
    unit: 'count',
    range: [0, Infinity],
    scale: 6,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'person-gap': {
    meaning:
      'Smallest distance between the bodies of two persons of about the same size; 0 where they touch or overlap.',
    unit: 'body-heights',
    range: [0, Infinity],
    scale: 2,
    stronger: 'less',
    needs: 'persons-or-objects',
  },
  'person-speed': {
    meaning: 'Speed that the fastest person keeps up for half a second.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'limb-speed': {
    meaning: "Speed of the fastest wrist or ankle against its owner's trunk.",
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'persons',
  },
  'wrist-in-other': {
    meaning:
      "Share of the frames with a pose in which someone's stretched arm has its wrist inside another person's box.",
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'persons',
  },
  bent: {
    meaning: 'Share of the frames with a pose in which someone is bent over.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'persons',
  },
  lying: {
    meaning: 'Share of the frames with a pose in which someone is lying.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'persons',
  },
  fall: {
    meaning: 'Number of times that one person goes from upright to lying within a second and a half, and stays down.',
    unit: 'count',
    range: [0, Infinity],
    scale: 1,
    stronger: 'more',
    needs: 'persons',
  },
  'vehicle-speed': {
    meaning: 'Speed that the fastest vehicle keeps up for half a second, in its own lengths (box diagonals).',
    unit: 'lengths/s',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'objects',
  },
  'vehicle-stop': {
    meaning: 'Largest loss of speed of one vehicle from one half second to the next.',
    unit: 'lengths/s',
    range: [0, Infinity],
    scale: 2,
    stronger: 'more',
    needs: 'objects',
  },
  'vehicle-overlap': {
    meaning: 'Largest share of a vehicle that lies inside the box of another one while one of them moves.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'objects',
  },
  'person-vehicle-gap': {
    meaning:
      'Smallest distance between a person and a moving vehicle that the person does not ride; 0 where they touch or overlap.',
    unit: 'body-heights',
    range: [0, Infinity],
    scale: 2,
    stronger: 'less',
    needs: 'objects',
  },
  // Later attributes go to the end: the place in this list is the attribute's word in the action grammar.
  'person-overlap': {
    meaning: 'Share of the frames with a person in which two of about the same size overlap by a third of one or more.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'person-start': {
    meaning: 'Largest gain of speed of one person from one half second to the next.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 2,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'person-stop': {
    meaning: 'Largest loss of speed of one person from one half second to the next.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 2,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'crowd-speed': {
    meaning: 'Largest median speed of all persons who are followed at one time, where they are at least three.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 2,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'approach-speed': {
    meaning:
      'Speed at which the distance of two persons within five body heights of each other shrinks, at its fastest.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  chase: {
    meaning:
      'Speed of the slower of two persons who go the same way one behind the other, within five body heights, at their fastest.',
    unit: 'body-heights/s',
    range: [0, Infinity],
    scale: 3,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  dwell: {
    meaning: 'How long, within the look, the person who stays longest stays within two body heights.',
    unit: 'seconds',
    range: [0, Infinity],
    scale: 30,
    stronger: 'more',
    needs: 'persons-or-objects',
  },
  'left-behind': {
    meaning:
      'How long, within the look, a bag that came with someone stands still while that person is more than one and a half body heights away.',
    unit: 'seconds',
    range: [0, Infinity],
    scale: 10,
    stronger: 'more',
    needs: 'objects',
  },
  'against-flow': {
    meaning:
      'Largest share, of at least two other vehicles that went through the same place as one, that went the opposite way.',
    unit: 'share',
    range: [0, 1],
    scale: 1,
    stronger: 'more',
    needs: 'objects',
  },
} as const satisfies Readonly<Record<string, AttributeDefinition>>;

export type AttributeName = keyof typeof attributeDefinitions;

/** All attribute names in the fixed order in which they stand in window vectors. */
export const attributeNames = Object.keys(attributeDefinitions) as readonly AttributeName[];

/** One measured attribute of a window. */
export interface Attribute {
  readonly name: AttributeName;
  /** In the unit and range of `attributeDefinitions`. */
  readonly value: number;
  /** How unusual the value is for this camera at this hour, [0, 1]; null as long as nothing is known of what is usual. */
  readonly percentile: number | null;
  /** Times of the frames that it rests on, ascending, a subset of the window's; never empty. */
  readonly times: readonly number[];
  /** Where in the picture; null where it concerns the whole picture. */
  readonly place: Box | null;
}
