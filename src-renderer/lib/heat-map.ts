/** A camera's maps of what is usual, ready to be drawn and told: colours of cells, arrows, and words' choices. Pure. */
import type { CameraNormality } from '../../src-main/contract/camera.ts';

/** What of a camera's normality is drawn. */
export const heatModes = ['presence', 'speed', 'direction'] as const;
export type HeatMode = (typeof heatModes)[number];

type Maps = Pick<CameraNormality, 'columns' | 'rows' | 'presence' | 'speed' | 'direction'>;

/** What is known of one cell, or of several together. */
export interface CellFacts {
  /** Share of the frames in which something moves there. */
  readonly presence: number;
  /** Picture heights per second; 0 where nothing moves. */
  readonly speed: number;
  /** Null where nothing moves or what moves goes no one way. */
  readonly heading: Heading | null;
}

/** Clockwise from the right, as the picture's y runs down. */
const headings = ['right', 'downRight', 'down', 'downLeft', 'left', 'upLeft', 'up', 'upRight'] as const;
export type Heading = (typeof headings)[number];

/** Of the busiest cell's presence: below it what moves there is chance, and its speed is not drawn. */
const rarePresence = 0.02;
/** Of the median speed: a mean velocity smaller than it is of things that go to and fro. */
const oneWay = 0.35;

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

/** Whether anything was ever seen to move. */
export const hasMotion = ({ presence }: Pick<Maps, 'presence'>): boolean => presence.some((value) => value > 0);

/** The value that the strongest colour stands for. */
export function strongest(maps: Maps, mode: HeatMode): number {
  return largest(mode === 'speed' ? drawnSpeeds(maps) : maps.presence);
}

/** `[rows, columns]` speeds, 0 where too little ever moves. */
function drawnSpeeds({ presence, speed }: Maps): number[] {
  const least = rarePresence * largest(presence);
  return speed.map((value, cell) => ((presence[cell] ?? 0) > least ? value : 0));
}

type Colour = readonly [red: number, green: number, blue: number];

/** `#rrggbb`, as the tokens have it. */
export function colourFrom(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Colour of a share of the strongest, between the stops of the ramp. */
function mixed(ramp: readonly Colour[], share: number): Colour {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const [from, to] = [ramp[Math.floor(place)], ramp[Math.ceil(place)]];
  if (from === undefined || to === undefined) return [0, 0, 0];
  const part = place % 1;
  const between = (index: 0 | 1 | 2) => Math.round(from[index] + part * (to[index] - from[index]));
  return [between(0), between(1), between(2)];
}

/** Pixels that a cell is drawn with, each way: values are smoothed and not their colours, which would mix to others. */
export const pixelsPerCell = 12;

/** `[height, width, 4]` red, green, blue and alpha, `pixelsPerCell` for each cell: nothing where nothing moves. */
export function heatPixels(maps: Maps, mode: HeatMode, ramp: readonly Colour[]): Uint8ClampedArray<ArrayBuffer> {
  const values = mode === 'speed' ? drawnSpeeds(maps) : maps.presence;
  const most = Math.max(largest(values), Number.MIN_VALUE);
  const [width, height] = [maps.columns * pixelsPerCell, maps.rows * pixelsPerCell];
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = smoothed(values, maps, (x + 0.5) / pixelsPerCell - 0.5, (y + 0.5) / pixelsPerCell - 0.5) / most;
      pixels.set([...mixed(ramp, share), 255 * opacityOf(share)], 4 * (y * width + x));
    }
  }
  return pixels;
}

/** What is rare shows through and is not lost. */
const opacityOf = (share: number) => 0.88 * Math.min(1, share / 0.25) ** 0.7;

/** The value between the middles of cells, at `column` and `row` in cells; beyond the outermost ones it is theirs. */
function smoothed(values: readonly number[], { columns, rows }: Maps, column: number, row: number): number {
  const [x, y] = [Math.min(columns - 1, Math.max(0, column)), Math.min(rows - 1, Math.max(0, row))];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(columns - 1, left + 1), Math.min(rows - 1, top + 1)];
  const at = (c: number, r: number) => values[r * columns + c] ?? 0;
  const upper = at(left, top) + (x - left) * (at(right, top) - at(left, top));
  const lower = at(left, bottom) + (x - left) * (at(right, bottom) - at(left, bottom));
  return upper + (y - top) * (lower - upper);
}

/** An arrow in units of the picture's height, from the middle of its cell. */
export interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Arrows of the cells in which things go one way; the fastest is as long as a cell is high. `aspect`: width over height. */
export function arrowsOf(maps: Maps, aspect: number): Arrow[] {
  const { columns, rows, direction } = maps;
  const going = drawnSpeeds(maps).flatMap((speed, cell) => {
    const [dx, dy] = [direction[2 * cell] ?? 0, direction[2 * cell + 1] ?? 0];
    return speed > 0 && Math.hypot(dx, dy) >= oneWay * speed ? [{ cell, dx, dy }] : [];
  });
  const fastest = Math.max(largest(going.map(({ dx, dy }) => Math.hypot(dx, dy))), Number.MIN_VALUE);
  return going.map(({ cell, dx, dy }) => {
    const length = Math.hypot(dx, dy);
    // Slow ones stay long enough to be seen.
    const drawn = (0.45 + 0.5 * (length / fastest)) / rows;
    return {
      x: (((cell % columns) + 0.5) / columns) * aspect,
      y: (Math.floor(cell / columns) + 0.5) / rows,
      dx: (dx / length) * drawn,
      dy: (dy / length) * drawn,
    };
  });
}

const headingOf = (dx: number, dy: number): Heading =>
  headings[Math.round((Math.atan2(dy, dx) / (2 * Math.PI)) * 8 + 8) % 8] ?? 'right';

/** What the cells together say; presence is that of the busiest of them, the rest weighs by presence. */
export function factsOf(maps: Maps, cells: readonly number[]): CellFacts {
  let [presence, weight, speed, dx, dy] = [0, 0, 0, 0, 0];
  for (const cell of cells) {
    const here = maps.presence[cell] ?? 0;
    presence = Math.max(presence, here);
    weight += here;
    speed += here * (maps.speed[cell] ?? 0);
    dx += here * (maps.direction[2 * cell] ?? 0);
    dy += here * (maps.direction[2 * cell + 1] ?? 0);
  }
  if (weight === 0 || speed === 0) return { presence, speed: 0, heading: null };
  return {
    presence,
    speed: speed / weight,
    heading: Math.hypot(dx, dy) >= oneWay * speed ? headingOf(dx, dy) : null,
  };
}

/** The nine parts of the picture, row by row: for whoever does not see the map. */
export function ninths(maps: Maps): CellFacts[] {
  const part = (index: number, count: number) => Math.min(2, Math.floor((3 * (index + 0.5)) / count));
  const cells = Map.groupBy(
    maps.presence.keys(),
    (cell) => 3 * part(Math.floor(cell / maps.columns), maps.rows) + part(cell % maps.columns, maps.columns),
  );
  return Array.from({ length: 9 }, (_, index) => factsOf(maps, cells.get(index) ?? []));
}
