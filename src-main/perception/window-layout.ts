/** The layout of window vectors: what stands at each place, and how values become numbers a network can take. */
import { type AttributeName, attributeDefinitions, attributeNames } from './attributes.ts';

/** Goes up whenever a place of the vector changes its meaning. Vectors of different layouts are never mixed. */
export const windowLayout = 'window-1';

/** Columns and rows of the coarse maps of the picture. */
export const mapColumns = 4;
export const mapRows = 3;

export interface WindowLayoutEntry {
  /** Unique. */
  readonly name: string;
  readonly meaning: string;
  /** Smallest and largest value; every entry lies in [-1, 1]. */
  readonly range: readonly [number, number];
}

const share = [0, 1] as const;

const attributeEntries = attributeNames.flatMap((name): WindowLayoutEntry[] => [
  { name: `${name}:known`, meaning: `1 where the attribute '${name}' could be measured, else 0.`, range: share },
  { name, meaning: `Strength of the attribute '${name}' (see strengthOf); 0 where it is not known.`, range: share },
]);

const map = (name: string, meaning: string): WindowLayoutEntry[] =>
  Array.from({ length: mapColumns * mapRows }, (_, cell) => ({
    name: `${name}:${String(Math.floor(cell / mapColumns))},${String(cell % mapColumns)}`,
    meaning: `${meaning} In row,column of ${String(mapRows)} × ${String(mapColumns)} parts of the picture.`,
    range: share,
  }));

/** Every place of a window vector, in order. */
export const windowLayoutEntries: readonly WindowLayoutEntry[] = [
  ...attributeEntries,
  { name: 'energy:first', meaning: 'Root of the mean moving share in the first third of the window.', range: share },
  { name: 'energy:middle', meaning: 'The same in the middle third.', range: share },
  { name: 'energy:last', meaning: 'The same in the last third.', range: share },
  { name: 'energy:persons', meaning: 'Root of the moving share inside the boxes of persons, mean.', range: share },
  { name: 'energy:objects', meaning: 'The same inside the boxes of objects other than persons.', range: share },
  { name: 'energy:elsewhere', meaning: 'The same outside all boxes.', range: share },
  {
    name: 'flow:x',
    meaning: 'Mean velocity to the right, squashed: v / (v + ¼ picture height per second).',
    range: [-1, 1],
  },
  { name: 'flow:y', meaning: 'Mean velocity downwards, squashed likewise.', range: [-1, 1] },
  { name: 'persons:mean', meaning: 'Mean number of persons n in a frame, n / (n + 4).', range: share },
  { name: 'vehicles:mean', meaning: 'Mean number of vehicles n in a frame, n / (n + 4).', range: share },
  { name: 'look:frames', meaning: 'Number of frames n in the look, log2(1 + n) / 8, at most 1.', range: share },
  { name: 'look:interval', meaning: 'Mean seconds s between its frames, log2(1 + 8 s) / 10, at most 1.', range: share },
  { name: 'look:span', meaning: 'Seconds s of the window, log2(1 + 8 s) / 12, at most 1.', range: share },
  { name: 'look:objects', meaning: '1 where the object net looked, else 0.', range: share },
  { name: 'look:persons', meaning: '1 where the pose net looked, else 0.', range: share },
  ...map('energy-mean', 'Root of the mean moving share.'),
  ...map('energy-peak', 'Root of the largest moving share of a frame.'),
  ...map('person-place', 'Share of the frames with a person whose feet stand there.'),
  ...map('vehicle-place', 'Share of the frames with a vehicle whose middle is there.'),
];

export const windowVectorLength = windowLayoutEntries.length;

const places = new Map(windowLayoutEntries.map(({ name }, index) => [name, index]));

/** Index of an entry in a window vector. Throws a RangeError for a name that is not in the layout. */
export function windowVectorIndex(name: string): number {
  const index = places.get(name);
  if (index === undefined) throw new RangeError(`'${name}' is not an entry of ${windowLayout}.`);
  return index;
}

/**
 * An attribute's value as a strength in [0, 1]: `1 − exp(−√(value / scale))` where more is stronger, `exp(−√(value /
 * scale))` where less is. The root keeps small values apart, which span several orders of magnitude.
 */
export function strengthOf(name: AttributeName, value: number): number {
  const { scale, stronger } = attributeDefinitions[name];
  const fading = Math.exp(-Math.sqrt(Math.max(0, value) / scale));
  return stronger === 'more' ? 1 - fading : fading;
}
