/** What a look at a window shows: a fixed-length vector for policies and readable attributes for people. */
import { type Attribute, attributeNames } from './attributes.ts';
import { bodiesOf } from './bodies.ts';
import type { Box } from './detection.ts';
import { dynamicsOf } from './dynamics/dynamics.ts';
import type { FrameObservation } from './frame-observation.ts';
import { energyInside, motionAttributes } from './motion-attributes.ts';
import { motionColumns, motionRows } from './motion.ts';
import { percentileOf } from './normality/attribute-percentile.ts';
import type { NormalityHere } from './normality/normality.ts';
import { noveltiesOf } from './normality/novelty.ts';
import { objectAttributes, vehiclesOf } from './object-attributes.ts';
import { personAttributes } from './person-attributes.ts';
import { trackObjects } from './tracks/track-objects.ts';
import {
  mapColumns,
  mapRows,
  strengthOf,
  windowLayout,
  windowVectorIndex,
  windowVectorLength,
} from './window-layout.ts';

export interface WindowObservation {
  /** Bounds of the window in seconds of the recording; they are not part of `vector`. */
  readonly start: number;
  readonly end: number;
  /** Times of the frames that it rests on, ascending. */
  readonly times: readonly number[];
  /** `[windowVectorLength]`, entries as in `windowLayoutEntries`, all in [-1, 1]. */
  readonly vector: Float32Array;
  /** Name and version of the vector's layout. */
  readonly layout: string;
  /** What could be measured, in the order of `attributeNames`. */
  readonly attributes: readonly Attribute[];
  /** `[times]`: share of the camera's own frames that are less surprising; null where nothing is known of what is usual. */
  readonly novelty: readonly (number | null)[];
  /** `[times]`: nats above what is usual, not negative; null likewise. */
  readonly surprise: readonly (number | null)[];
}

/**
 * The observation of the window `[start, end)` from those of `frames` (any order) that lie in it. A pure function that
 * depends on times only relative to `start`: the same frames elsewhere in a recording give the same vector. `here` is
 * what is usual for the camera at that hour; without it percentiles and novelty are null. Without frames the vector is
 * zero but for the span, and there are no attributes.
 */
export function observeWindow(
  frames: readonly FrameObservation[],
  start: number,
  end: number,
  here: NormalityHere | null = null,
): WindowObservation {
  const inside = frames.filter(({ time }) => time >= start && time < end).toSorted((a, b) => a.time - b.time);
  const tracks = trackObjects(inside);
  const found = [...motionAttributes(inside), ...personAttributes(inside, tracks), ...objectAttributes(inside, tracks)];
  const interval = intervalOf(inside, start, end);
  const attributes = attributeNames
    .flatMap((name) => found.filter((attribute) => attribute.name === name))
    .map((attribute): Attribute => {
      if (here === null) return attribute;
      return { ...attribute, percentile: percentileOf(attribute.name, attribute.value, interval, here) };
    });
  const novelties = here === null ? inside.map(() => null) : noveltiesOf(inside, here);
  const unusual = {
    attributes,
    novelty: novelties.map((found) => found?.percentile ?? null),
    surprise: novelties.map((found) => found?.surprise ?? null),
  };
  const vector = vectorOf(inside, attributes, start, end);
  fillNormality(vector, unusual);
  return { start, end, times: inside.map(({ time }) => time), vector, layout: windowLayout, ...unusual };
}

/** Mean seconds between the frames; the whole window where there is only one. */
function intervalOf(frames: readonly FrameObservation[], start: number, end: number): number {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined || frames.length < 2) return Math.max(0, end - start);
  return (last.time - first.time) / (frames.length - 1);
}

/** Nats at which a surprise is half of what it can be. */
const strongSurprise = 4;

function fillNormality(
  vector: Float32Array,
  { attributes, novelty, surprise }: Pick<WindowObservation, 'attributes' | 'novelty' | 'surprise'>,
): void {
  const set = (name: string, value: number) => {
    vector[windowVectorIndex(name)] = value;
  };
  const known = novelty.filter((value) => value !== null);
  const percentiles = attributes.filter(({ percentile }) => percentile !== null);
  if (known.length === 0 && percentiles.length === 0) return;
  set('normality:known', 1);
  for (const { name, percentile } of percentiles) set(`${name}:percentile`, percentile ?? 0);
  if (known.length === 0) return;
  const nats = surprise.filter((value) => value !== null).map((value) => value / (value + strongSurprise));
  set('novelty:mean', mean(known));
  set('novelty:peak', Math.max(...known));
  set('surprise:mean', mean(nats));
  set('surprise:peak', Math.max(...nats));
}

function vectorOf(frames: readonly FrameObservation[], attributes: readonly Attribute[], start: number, end: number) {
  const vector = new Float32Array(windowVectorLength);
  const set = (name: string, value: number) => {
    vector[windowVectorIndex(name)] = value;
  };
  for (const { name, value } of attributes) {
    set(`${name}:known`, 1);
    set(name, strengthOf(name, value));
  }
  const span = Math.max(0, end - start);
  const interval = intervalOf(frames, start, end);
  set('look:frames', Math.min(1, Math.log2(1 + frames.length) / 8));
  set('look:interval', Math.min(1, Math.log2(1 + 8 * interval) / 10));
  set('look:span', Math.min(1, Math.log2(1 + 8 * span) / 12));
  if (frames.length === 0) return vector;
  set('look:objects', frames.some(({ objects }) => objects !== null) ? 1 : 0);
  set('look:persons', frames.some(({ persons }) => persons !== null) ? 1 : 0);

  for (const [third, name] of (['first', 'middle', 'last'] as const).entries()) {
    const part = frames.filter(({ time }) => Math.min(2, Math.floor((3 * (time - start)) / span)) === third);
    set(`energy:${name}`, Math.sqrt(mean(part.map(({ motion }) => motion.energy))));
  }
  const people = frames.map((frame) => bodiesOf(frame) ?? []);
  const vehicles = frames.map((frame) => vehiclesOf(frame));
  const split = frames.map((frame, index) =>
    splitEnergy(
      frame,
      (people[index] ?? []).map(({ box }) => box),
    ),
  );
  set('energy:persons', Math.sqrt(mean(split.map(({ persons }) => persons))));
  set('energy:objects', Math.sqrt(mean(split.map(({ objects }) => objects))));
  set('energy:elsewhere', Math.sqrt(mean(split.map(({ elsewhere }) => elsewhere))));
  set('flow:x', squashed(mean(frames.map(({ motion }) => motion.flow.x))));
  set('flow:y', squashed(mean(frames.map(({ motion }) => motion.flow.y))));
  const [personCount, vehicleCount] = [people, vehicles].map((each) => mean(each.map(({ length }) => length)));
  set('persons:mean', (personCount ?? 0) / ((personCount ?? 0) + 4));
  set('vehicles:mean', (vehicleCount ?? 0) / ((vehicleCount ?? 0) + 4));

  const energies = frames.map(energyMap);
  const personPlaces = people.map((bodies) =>
    placeMap(bodies.map(({ box }) => [box.x + box.width / 2, box.y + box.height])),
  );
  const vehiclePlaces = vehicles.map((each) =>
    placeMap(each.map(({ box }) => [box.x + box.width / 2, box.y + box.height / 2])),
  );
  for (let cell = 0; cell < mapColumns * mapRows; cell++) {
    const place = `${String(Math.floor(cell / mapColumns))},${String(cell % mapColumns)}`;
    const energy = energies.map((map) => map[cell] ?? 0);
    set(`energy-mean:${place}`, Math.sqrt(mean(energy)));
    set(`energy-peak:${place}`, Math.sqrt(Math.max(...energy)));
    set(`person-place:${place}`, mean(personPlaces.map((map) => map[cell] ?? 0)));
    set(`vehicle-place:${place}`, mean(vehiclePlaces.map((map) => map[cell] ?? 0)));
  }
  for (const [name, { share, mean: middle, low, high }] of dynamicsOf(frames)) {
    set(`${name}:share`, share);
    set(`${name}:mean`, middle);
    set(`${name}:low`, low);
    set(`${name}:high`, high);
  }
  return vector;
}

/** 0 for an empty list. */
const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const squashed = (velocity: number) => velocity / (Math.abs(velocity) + 0.25);

/** The frame's moving share in three parts that add up to it: in persons, in other objects, elsewhere. */
function splitEnergy(frame: FrameObservation, persons: readonly Box[]) {
  const objects = (frame.objects ?? []).map(({ box }) => box);
  const inPersons = energyInside(frame, persons);
  const inAny = energyInside(frame, [...persons, ...objects]);
  const { energy } = frame.motion;
  return { persons: energy * inPersons, objects: energy * (inAny - inPersons), elsewhere: energy * (1 - inAny) };
}

/** `[mapRows, mapColumns]`: mean of the fine grid's cells; a fine cell belongs to the part that its middle lies in. */
function energyMap({ motion }: FrameObservation): Float64Array {
  const sums = new Float64Array(mapColumns * mapRows);
  for (let cell = 0; cell < motion.grid.length; cell++) {
    const column = Math.floor(((cell % motionColumns) * mapColumns) / motionColumns);
    const row = Math.floor((Math.floor(cell / motionColumns) * mapRows) / motionRows);
    const at = row * mapColumns + column;
    sums[at] = (sums[at] ?? 0) + (motion.grid[cell] ?? 0);
  }
  return sums.map((sum) => (sum * mapColumns * mapRows) / motion.grid.length);
}

/** `[mapRows, mapColumns]`: 1 where at least one of the points lies. */
function placeMap(points: readonly (readonly [number, number])[]): Uint8Array {
  const map = new Uint8Array(mapColumns * mapRows);
  for (const [x, y] of points) {
    const column = Math.min(mapColumns - 1, Math.max(0, Math.floor(x * mapColumns)));
    const row = Math.min(mapRows - 1, Math.max(0, Math.floor(y * mapRows)));
    map[row * mapColumns + column] = 1;
  }
  return map;
}
