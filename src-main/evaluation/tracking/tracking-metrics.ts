/** How well tracks tell who is who: IDF1 over a whole recording, MOTA with its parts. */
import { assign } from '../../math/assignment.ts';

/** Left, top, width and height, any unit, the same for truth and tracks. */
export type TrackedBox = readonly [x: number, y: number, width: number, height: number];

export interface Tracked {
  readonly id: string | number;
  readonly box: TrackedBox;
}

/** One frame: what is there and what was said to be there. An id occurs at most once in either list. */
export interface TrackedFrame {
  readonly truth: readonly Tracked[];
  readonly tracks: readonly Tracked[];
  /** There, but nobody has to find it (hidden, tiny): tracks that fit it better than any truth are left out of account. */
  readonly optional?: readonly Tracked[];
}

export interface TrackingScore {
  /** 2 · identityMatches / (truthBoxes + trackBoxes); 1 where there is neither truth nor track. */
  readonly idf1: number;
  readonly idPrecision: number;
  readonly idRecall: number;
  /** 1 − (missed + wrong + switches) / truthBoxes; NaN without truth. */
  readonly mota: number;
  readonly truthBoxes: number;
  readonly trackBoxes: number;
  readonly identityMatches: number;
  readonly missed: number;
  readonly wrong: number;
  readonly switches: number;
}

/** Boxes that overlap less than this are not the same thing. */
const leastIoU = 0.5;

/**
 * IDF1 (Ristani et al. 2016): truths and tracks are paired one to one over the whole recording so that the boxes which
 * agree are as many as possible. MOTA (Bernardin & Stiefelhagen 2008): frame by frame a truth keeps its track as long as
 * the boxes agree; the others are paired by overlap; a truth that goes on with another track than its last is a switch.
 * Boxes agree from an intersection over union of `least` on.
 */
export function scoreTracking(frames: readonly TrackedFrame[], least = leastIoU): TrackingScore {
  const cleaned = frames.map((frame) => withoutOptional(frame, least));
  const truthBoxes = cleaned.reduce((sum, { truth }) => sum + truth.length, 0);
  const trackBoxes = cleaned.reduce((sum, { tracks }) => sum + tracks.length, 0);
  const identityMatches = bestIdentityMatches(cleaned, least);
  const { missed, wrong, switches } = mistakesIn(cleaned, least);
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    idf1: share(2 * identityMatches, truthBoxes + trackBoxes),
    idPrecision: share(identityMatches, trackBoxes),
    idRecall: share(identityMatches, truthBoxes),
    mota: truthBoxes === 0 ? NaN : 1 - (missed + wrong + switches) / truthBoxes,
    truthBoxes,
    trackBoxes,
    identityMatches,
    missed,
    wrong,
    switches,
  };
}

/** Intersection over union; 0 for empty boxes. */
function iouOf([ax, ay, aw, ah]: TrackedBox, [bx, by, bw, bh]: TrackedBox): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (aw * ah + bw * bh - width * height);
}

/** Without the tracks that, of all that is there, fit something optional best. */
function withoutOptional({ truth, tracks, optional = [] }: TrackedFrame, least: number): TrackedFrame {
  if (optional.length === 0) return { truth, tracks };
  const there = [...truth, ...optional];
  const pairs = assign(tracks.map(({ box }) => there.map((other) => costOf(iouOf(box, other.box), least))));
  return { truth, tracks: tracks.filter((_, index) => (pairs[index] as number) < truth.length) };
}

const costOf = (iou: number, least: number): number => (iou >= least ? 1 - iou : Infinity);

function bestIdentityMatches(frames: readonly TrackedFrame[], least: number): number {
  const truths = new Map<Tracked['id'], number>();
  const tracks = new Map<Tracked['id'], number>();
  const indexOf = (ids: Map<Tracked['id'], number>, id: Tracked['id']) => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    ids.set(id, ids.size);
    return ids.size - 1;
  };
  const counts: number[][] = [];
  for (const frame of frames) {
    for (const one of frame.truth) {
      const row = (counts[indexOf(truths, one.id)] ??= []);
      for (const other of frame.tracks) {
        if (iouOf(one.box, other.box) < least) continue;
        const column = indexOf(tracks, other.id);
        row[column] = (row[column] ?? 0) + 1;
      }
    }
  }
  const costs = counts.map((row) => Array.from({ length: tracks.size }, (_, column) => -(row[column] ?? 0)));
  return assign(costs, 0).reduce((sum, column, row) => sum - (column < 0 ? 0 : (costs[row]?.[column] ?? 0)), 0);
}

function mistakesIn(frames: readonly TrackedFrame[], least: number) {
  const last = new Map<Tracked['id'], Tracked['id']>();
  let [missed, wrong, switches] = [0, 0, 0];
  for (const { truth, tracks } of frames) {
    const kept = new Map<number, number>();
    const keptTracks = new Set<number>();
    for (const [row, { id, box }] of truth.entries()) {
      const column = last.has(id) ? tracks.findIndex((track) => track.id === last.get(id)) : -1;
      const track = tracks[column];
      // Two truths may have had the same track last: the first that still agrees with it keeps it.
      if (track === undefined || keptTracks.has(column) || iouOf(box, track.box) < least) continue;
      kept.set(row, column);
      keptTracks.add(column);
    }
    const rows = [...truth.keys()].filter((row) => !kept.has(row));
    const columns = [...tracks.keys()].filter((column) => !keptTracks.has(column));
    const pairs = assign(
      rows.map((row) =>
        columns.map((column) => costOf(iouOf((truth[row] as Tracked).box, (tracks[column] as Tracked).box), least)),
      ),
    );
    for (const [at, row] of rows.entries()) {
      const column = columns[pairs[at] as number];
      if (column === undefined) continue;
      const { id } = truth[row] as Tracked;
      const track = (tracks[column] as Tracked).id;
      if (last.has(id) && last.get(id) !== track) switches++;
      kept.set(row, column);
      last.set(id, track);
    }
    missed += truth.length - kept.size;
    wrong += tracks.length - kept.size;
  }
  return { missed, wrong, switches };
}
