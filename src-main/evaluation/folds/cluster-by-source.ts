/** Which recordings come from one source: clips of one video must not be on both sides of a fold. */
import { backgroundCorrelation, backgroundLikeness } from './background.ts';

/** What tells of a recording where it comes from. */
export interface SourceTraits {
  /** File name, with or without its folder: its last number is its place in the series of its folder. */
  readonly name: string;
  /** Displayed size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; null where the container does not say. */
  readonly frameRate: number | null;
  /** As `backgroundOf` makes it. */
  readonly background: Float32Array;
}

/**
 * Backgrounds that agree this much show one place, where the recordings have one size and rate. Of pairs that have
 * not, which come from different sources, 97 % agree less (fight-surv, 200 clips); so some clusters grow too large, which costs
 * precision, whereas one too small would leak.
 */
const sameSizeLikeness = 0.6;
/** One picture in another size or rate (of a second upload): more than any of those pairs, of which the most alike reach .66. */
const otherSizeCorrelation = 0.85;
/** Two containers' words for one rate, frames per second. */
const rateTolerance = 0.02;

/**
 * A cluster number for each recording, `[N]`, 0 upwards in the order of first appearance. Two recordings are linked where they have
 * one size and frame rate and either agree in their background or are neighbours by number (clips are mostly cut and
 * numbered video by video, also where a video changes cameras), or where their backgrounds agree although their sizes do
 * not; clusters are the connected parts (single link).
 */
export function clusterBySource(recordings: readonly SourceTraits[]): number[] {
  const parents = recordings.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? 0;
    return root;
  };
  const places = recordings.map(({ name }) => seriesPlace(name));
  for (const [index, one] of recordings.entries()) {
    for (let other = 0; other < index; other++) {
      const [a, b] = [rootOf(index), rootOf(other)];
      if (a === b) continue;
      const two = recordings[other] as SourceTraits;
      const near = areNeighbours(places[index] ?? null, places[other] ?? null);
      if (areLinked(one, two, near)) parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const numbers = new Map<number, number>();
  return recordings.map((_, index) => {
    const root = rootOf(index);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

function areLinked(one: SourceTraits, two: SourceTraits, neighbours: boolean): boolean {
  const alike = one.width === two.width && one.height === two.height && haveOneRate(one.frameRate, two.frameRate);
  if (alike && neighbours) return true;
  return alike
    ? backgroundLikeness(one.background, two.background) >= sameSizeLikeness
    : backgroundCorrelation(one.background, two.background) >= otherSizeCorrelation;
}

/** An unknown rate may be any. */
const haveOneRate = (a: number | null, b: number | null): boolean =>
  a === null || b === null || Math.abs(a - b) <= rateTolerance;

interface SeriesPlace {
  readonly series: string;
  readonly number: number;
}

/** The last number of a file's name and all before it; null without one. */
function seriesPlace(name: string): SeriesPlace | null {
  const found = /^(.*?)(\d+)\D*$/su.exec(name.replace(/\.[a-z0-9]+$/iu, ''));
  return found === null ? null : { series: found[1] ?? '', number: Number(found[2]) };
}

const areNeighbours = (a: SeriesPlace | null, b: SeriesPlace | null): boolean =>
  a !== null && b !== null && a.series === b.series && Math.abs(a.number - b.number) === 1;
