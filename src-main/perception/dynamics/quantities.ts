/** The closed list of what is measured frame by frame and from frame to frame to tell how things move, and its scales. */

export interface QuantityDefinition {
  readonly meaning: string;
  /** What it is measured on: the picture as a whole, which needs no nets, or the persons in it. */
  readonly of: 'picture' | 'persons';
  /** Null where the value is in [0, 1] as it is; else values are not negative and become `value / (value + scale)`. */
  readonly scale: number | null;
}

/** Spans of time over which a change is measured, seconds, by the word that stands for them in names. */
export const spans = { eighth: 0.125, quarter: 0.25, half: 0.5 } as const;
export type Span = keyof typeof spans;

/** Of the picture's motion cells in one frame. Velocities are in picture heights per second. */
const form = {
  energy: ['Root of the share of the picture that moves.', null],
  'energy-entropy': ['Entropy of the moving share over the cells: 0 in one cell, 1 in all alike.', null],
  'energy-spread': ['Standard deviation of the place of what moves, in pictures.', null],
  'energy-peak': ['The largest moving share of a cell.', null],
  speed: ['Mean speed of what moves.', 0.25],
  'speed-peak': ['Speed that nine tenths of what moves do not exceed.', 0.5],
  coherence: ['How much the cells go one way: |mean velocity| over mean speed.', null],
  order: ['How much each cell by itself goes one way: mean |velocity| of the cells over mean speed.', null],
  dispersion: ['Standard deviation of the velocity over the cells that move.', 0.25],
  disagreement: ['Mean difference of velocity between neighbouring cells that move.', 0.25],
  directions: ['Entropy of the direction of motion: 0 all in one direction, 1 all directions alike.', null],
  vertical: ['Vertical part of the speeds.', null],
  unexplained: ['Share of the motion in cells that no displacement explains.', null],
  erratic: ['Share of the motion that no displacement explains.', null],
} as const;

/** Of the picture's motion cells over a span of time. */
const change = {
  'velocity-change': ['Change of the velocity of cells that move at both ends, relative to their speed.', 1],
  'velocity-step': ['The same in picture heights per second.', 0.25],
  likeness: ['Correlation of the maps of the moving share: ½ none, 1 the same.', null],
  flicker: ['Difference of the maps of the moving share, relative to their sum.', null],
  drift: ['Speed of the middle of what moves, picture heights per second.', 0.25],
} as const;

/** Of the motion cells inside a person's box, for each person of a frame. Velocities are in body heights per second. */
const body = {
  'body-energy': ["Moving share of the person's cells.", null],
  'body-speed': ['Mean speed inside the person.', 1],
  'body-dispersion': ['Standard deviation of the velocity inside the person.', 1],
  'body-coherence': ['How much the cells of the person go one way.', null],
  'body-order': ['How much each cell of the person by itself goes one way.', null],
  'body-directions': ['Entropy of the direction of motion inside the person.', null],
  'body-vertical': ['Vertical part of the speeds inside the person.', null],
  'body-unexplained': ["Share of the person's motion in cells that no displacement explains.", null],
  'bodies-share': ['Share of all motion that lies inside persons.', null],
  'bodies-density': ['Moving share of the cells of all persons together.', null],
  'bodies-peak': ['Moving share of the person who moves most.', null],
} as const;

/** Of the persons of one frame and their poses; lengths in body heights. */
const figure = {
  count: ['Number of persons.', 4],
  'pose-score': ['How sure the nets are of a person: low for those who hide each other.', null],
  'keypoint-score': ['How sure the pose net is of the keypoints of a person.', null],
  size: ['Height of a person, picture heights.', null],
  width: ["Width of a person's box over width and height together.", null],
  'trunk-angle': ['Angle of the trunk to the vertical, half turns.', null],
  leaning: ['Whether the trunk leans by more than 30°.', null],
  'wrist-height': ['Wrist above (over ½) or below the shoulder.', null],
  'wrist-reach': ['Horizontal distance of the wrist from its shoulder.', 0.2],
  stride: ['Distance between the ankles.', 0.3],
  'pair-distance': ['Distance of the two nearest persons of like size.', 1],
  'pair-overlap': ['Largest overlap (intersection over union) of two persons of like size.', null],
  touching: ['Number of pairs of persons of like size whose boxes touch.', 1],
  'pair-energy': ['Largest moving share of a pair that touches.', null],
} as const;

/** Of persons followed over a span of time; lengths in body heights. */
const following = {
  unmatched: ['Share of the persons who are not found again.', null],
  walk: ['Speed of a person.', 1],
  'shape-rate': ["Change of the proportions (logarithm) of a person's box, per second.", 1],
  'size-rate': ['Change of the size (logarithm) of a person, per second.', 1],
  'box-loss': ["Part of a person's box that is not covered again: 1 less intersection over union.", null],
  'turn-rate': ['Change of the angle of the trunk, half turns per second.', 0.5],
  'pose-rate': ['Mean speed of the keypoints against their middle.', 0.5],
  'pose-peak': ['Speed of the fastest keypoint against their middle.', 1],
  'wrist-rate': ['The same of a wrist.', 1],
  'leg-rate': ['The same of a knee or an ankle.', 1],
  'head-rate': ['The same of the nose, an eye or an ear.', 0.5],
} as const;

type Plain = keyof typeof form | keyof typeof body | keyof typeof figure;
export type QuantityName =
  Plain | `${keyof typeof change}:${Span}` | `${keyof typeof following}:${Exclude<Span, 'half'>}`;

type Row = readonly [meaning: string, scale: number | null];
const listed = (of: 'picture' | 'persons', rows: Readonly<Record<string, Row>>, span?: Span) =>
  Object.entries(rows).map(([name, [meaning, scale]]): [string, QuantityDefinition] => [
    span === undefined ? name : `${name}:${span}`,
    { meaning: span === undefined ? meaning : `${meaning} Over ${String(spans[span])} s.`, of, scale },
  ]);

/** Every quantity, in the fixed order in which they stand in window vectors. */
export const quantityDefinitions = Object.fromEntries([
  ...listed('picture', form),
  ...listed('picture', change, 'eighth'),
  ...listed('picture', change, 'quarter'),
  ...listed('picture', change, 'half'),
  ...listed('persons', body),
  ...listed('persons', figure),
  ...listed('persons', following, 'eighth'),
  ...listed('persons', following, 'quarter'),
]) as Readonly<Record<QuantityName, QuantityDefinition>>;

export const quantityNames = Object.keys(quantityDefinitions) as readonly QuantityName[];

/** A value as a number in [0, 1]. */
export function scaledQuantity(name: QuantityName, value: number): number {
  const { scale } = quantityDefinitions[name];
  const positive = Math.max(0, value);
  return scale === null ? Math.min(1, positive) : positive / (positive + scale);
}

/** One value of one quantity: those of a frame are measured on it, or from it to a later frame. */
export type Measurement = readonly [quantity: QuantityName, value: number];
