/** Simulated scenes whose tracks are known, as frame observations: of the nets, or of the truth made worse. */
import type { Random } from '../../src-main/math/random.ts';
import type { TrackedFrame } from '../../src-main/evaluation/tracking/tracking-metrics.ts';
import type { Detection } from '../../src-main/perception/detection.ts';
import type { FrameObservation } from '../../src-main/perception/frame-observation.ts';
import { stillness } from '../../src-main/perception/testing/frames.ts';
import type { TrackKind } from '../../src-main/perception/tracks/sightings.ts';
import type { Track } from '../../src-main/perception/tracks/track-objects.ts';
import { filmScene, type FrameTruth, type Scene, type TrackInFrame } from '../../src-main/simulation/index.ts';
import { encodeVideo } from '../../src-main/video/index.ts';

export interface FilmedScene {
  readonly scene: Scene;
  readonly truths: readonly FrameTruth[];
  readonly parked: readonly TrackInFrame[];
}

/** The first `seconds` of `scene` at `frameRate`, encoded to `path` as a recorder would. */
export async function filmTo(path: string, scene: Scene, seconds: number, frameRate: number): Promise<FilmedScene> {
  const part = { ...scene, frameRate, seconds: Math.min(seconds, scene.seconds) };
  const film = filmScene(part);
  const truths: FrameTruth[] = [];
  function* pictures() {
    for (const { rgb, truth } of film.frames) {
      truths.push(truth);
      yield { rgb };
    }
  }
  const { width, height } = part;
  const options = { width, height, frameRate, codec: 'h264', gop: 2 * frameRate, crf: 25, preset: 'veryfast' } as const;
  await encodeVideo(path, pictures(), options);
  return { scene: part, truths, parked: film.parked };
}

/** Less of a person than this in view, or lower than this share of the picture, need not be found. */
const leastVisible = 0.3;
const leastHeight = 0.06;

/** What is to be found of one kind, beside the tracks that were found; times of `truths` and tracks are the same. */
export function compared(
  { scene, truths, parked }: FilmedScene,
  tracks: readonly Track[],
  kind: TrackKind,
): TrackedFrame[] {
  const kinds = kindsOf(scene);
  const found = tracks
    .filter((track) => track.kind === kind)
    .flatMap(({ id, points }) => points.map(({ time, box }) => ({ time, id, box })));
  return truths.map(({ time, boxes }) => {
    const there = boxes.filter(({ track }) => kinds.get(track) === kind);
    const isPlain = ({ visible, box }: TrackInFrame) => visible >= leastVisible && box[3] >= leastHeight;
    const named = ({ track, box }: TrackInFrame) => ({ id: track, box });
    return {
      truth: [...there.filter(isPlain), ...(kind === 'vehicle' ? parked : [])].map(named),
      optional: there.filter((each) => !isPlain(each)).map(named),
      tracks: found
        .filter((point) => Math.abs(point.time - time) < 0.01)
        .map(({ id, box }) => ({ id, box: [box.x, box.y, box.width, box.height] as const })),
    };
  });
}

const kindsOf = ({ persons, vehicles, bags }: Scene): Map<string, TrackKind> =>
  new Map([
    ...persons.map(({ id }) => [id, 'person'] as const),
    ...vehicles.map(({ id }) => [id, 'vehicle'] as const),
    ...bags.map(({ id }) => [id, 'bag'] as const),
  ]);

const classes = { person: 0, vehicle: 2, animal: 16, bag: 28 } as const;

export interface Flaws {
  /** Standard deviation of every side of a box, in heights of the box. */
  readonly jitter: number;
  /** Share of the boxes that are missing, and of those left that are faint. */
  readonly missing: number;
  readonly faint: number;
  /** Boxes a frame of persons who are not there. */
  readonly wrong: number;
}

/** What an object net with these flaws would see of what is to be found. */
export function flawedObservations({ scene, truths }: FilmedScene, flaws: Flaws, random: Random): FrameObservation[] {
  const kinds = kindsOf(scene);
  const aspect = scene.width / scene.height;
  return truths.map(({ time, boxes }) => {
    const objects = boxes
      .filter(({ visible }) => visible >= leastVisible && random.next() >= flaws.missing)
      .map(({ track, box: [x, y, width, height] }): Detection => {
        const shift = () => flaws.jitter * height * random.normal();
        const [left, top] = [x + shift() / aspect, y + shift()];
        const [right, bottom] = [x + width + shift() / aspect, y + height + shift()];
        const box = { x: left, y: top, width: Math.max(0.005, right - left), height: Math.max(0.005, bottom - top) };
        return { class: classes[kinds.get(track) ?? 'person'], score: random.next() < flaws.faint ? 0.35 : 0.7, box };
      });
    for (let left = flaws.wrong; random.next() < left; left--) {
      const height = random.between(0.1, 0.3);
      const box = { x: random.between(0, 0.9), y: random.between(0, 0.7), width: (0.35 * height) / aspect, height };
      objects.push({ class: classes.person, score: 0.6, box });
    }
    return { time, aspect, objects, persons: null, motion: stillness };
  });
}
