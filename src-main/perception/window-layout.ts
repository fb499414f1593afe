/** The layout of window vectors: what stands at each place, and how values become numbers a network can take. */
import { type AttributeName, attributeDefinitions, attributeNames } from './attributes.ts';
import { quantityDefinitions, quantityNames } from './dynamics/quantities.ts';

/** Goes up whenever a place of the vector changes its meaning. Vectors of different layouts are never mixed. */
export const windowLayout = 'window-2';

/** Columns and rows of the coarse maps of the picture. */
export const mapColumns = 4;
export const mapRows = 3;

export interface WindowLayoutEntry {
  /** Unique. */
  readonly name: string;
  readonly meaning: string;
  /** Smallest and largest value; every entry lies in [-1, 1]. */
  readonly range: readonly [number, number];
  /** What it tells of; `look` is how it was looked (how many frames, how far apart), not what was seen. */
  readonly part: WindowLayoutPart;
  /** Name of the entry that is 0 where this one is not known (and then 0 too); null where it is always known. */
  readonly knownBy: string | null;
}

/**
 * `place` is where in the picture; `normality` needs what is usual here; `camera` is what the camera itself did; the two
 * dynamics are how the picture moves and how persons do, frame by frame.
 */
export type WindowLayoutPart =
  'attribute' | 'normality' | 'camera' | 'motion' | 'look' | 'place' | 'picture-dynamics' | 'person-dynamics';

const share = [0, 1] as const;

/** Attributes that tell what the camera did, not what happened before it. */
const cameraAttributes: ReadonlySet<AttributeName> = new Set(['light-change', 'camera-moved', 'cut']);

const attributeEntries = attributeNames.flatMap((name): WindowLayoutEntry[] => {
  const part = cameraAttributes.has(name) ? 'camera' : 'attribute';
  const known = `${name}:known`;
  return [
    {
      name: known,
      meaning: `1 where the attribute '${name}' could be measured, else 0.`,
      range: share,
      part,
      knownBy: null,
    },
    {
      name,
      meaning: `Strength of the attribute '${name}' (see strengthOf); 0 where it is not known.`,
      range: share,
      part,
      knownBy: known,
    },
  ];
});

/** What is usual here: of the frames' novelty, and of each attribute. 0 where it is not known. */
const normalityEntries: readonly WindowLayoutEntry[] = [
  normality('normality:known', '1 where it is known what is usual for the camera, else 0.', null),
  ...['mean', 'peak'].flatMap((of) => [
    normality(`novelty:${of}`, `Share of the camera's frames that surprise less, ${of} over the frames.`),
    normality(`surprise:${of}`, `Surprise s of the frames in nats, ${of}, s / (s + 4).`),
  ]),
  ...attributeNames.map((name) =>
    normality(`${name}:percentile`, `Share of the camera's looks in which the attribute '${name}' is weaker.`),
  ),
];

function normality(name: string, meaning: string, knownBy: string | null = 'normality:known'): WindowLayoutEntry {
  return { name, meaning, range: share, part: 'normality', knownBy };
}

const dynamicsEntries = quantityNames.flatMap((name): WindowLayoutEntry[] => {
  const { meaning, of, scale } = quantityDefinitions[name];
  const scaled = scale === null ? '' : ` As v / (v + ${String(scale)}).`;
  const known = `${name}:share`;
  const entry = (suffix: string, words: string): WindowLayoutEntry => ({
    name: `${name}:${suffix}`,
    meaning: `${words} ${meaning}${scaled}`,
    range: share,
    part: of === 'picture' ? 'picture-dynamics' : 'person-dynamics',
    knownBy: known,
  });
  return [
    {
      ...entry('share', 'Share of the frames that tell the next three.'),
      knownBy: null,
    },
    entry('mean', 'Mean.'),
    entry('low', 'A tenth of the values lies below.'),
    entry('high', 'A tenth of the values lies above.'),
  ];
});

const plain = (
  part: WindowLayoutPart,
  name: string,
  meaning: string,
  range: readonly [number, number] = share,
): WindowLayoutEntry => ({ name, meaning, range, part, knownBy: null });

const map = (name: string, meaning: string): WindowLayoutEntry[] =>
  Array.from({ length: mapColumns * mapRows }, (_, cell) =>
    plain(
      'place',
      `${name}:${String(Math.floor(cell / mapColumns))},${String(cell % mapColumns)}`,
      `${meaning} In row,column of ${String(mapRows)} × ${String(mapColumns)} parts of the picture.`,
    ),
  );

/** Every place of a window vector, in order. */
export const windowLayoutEntries: readonly WindowLayoutEntry[] = [
  ...attributeEntries,
  plain('motion', 'energy:first', 'Root of the mean moving share in the first third of the window.'),
  plain('motion', 'energy:middle', 'The same in the middle third.'),
  plain('motion', 'energy:last', 'The same in the last third.'),
  plain('motion', 'energy:persons', 'Root of the moving share inside the boxes of persons, mean.'),
  plain('motion', 'energy:objects', 'The same inside the boxes of objects other than persons.'),
  plain('motion', 'energy:elsewhere', 'The same outside all boxes.'),
  plain('motion', 'flow:x', 'Mean velocity to the right, squashed: v / (|v| + ¼ picture height per second).', [-1, 1]),
  plain('motion', 'flow:y', 'Mean velocity downwards, squashed likewise.', [-1, 1]),
  plain('motion', 'persons:mean', 'Mean number of persons n in a frame, n / (n + 4).'),
  plain('motion', 'vehicles:mean', 'Mean number of vehicles n in a frame, n / (n + 4).'),
  plain('look', 'look:frames', 'Number of frames n in the look, log2(1 + n) / 8, at most 1.'),
  plain('look', 'look:interval', 'Mean seconds s between its frames, log2(1 + 8 s) / 10, at most 1.'),
  plain('look', 'look:span', 'Seconds s of the window, log2(1 + 8 s) / 12, at most 1.'),
  plain('look', 'look:objects', '1 where the object net looked, else 0.'),
  plain('look', 'look:persons', '1 where the pose net looked, else 0.'),
  ...map('energy-mean', 'Root of the mean moving share.'),
  ...map('energy-peak', 'Root of the largest moving share of a frame.'),
  ...map('person-place', 'Share of the frames with a person whose feet stand there.'),
  ...map('vehicle-place', 'Share of the frames with a vehicle whose middle is there.'),
  ...dynamicsEntries,
  ...normalityEntries,
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
