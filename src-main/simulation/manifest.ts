/** `ground-truth.json`: what is true of every recording of a simulated archive, and the mark by which one is known. */
import type { Incident, Track, TrackInFrame } from './ground-truth.ts';

export const manifestFileName = 'ground-truth.json';
/** Grows when what is rendered or written changes, so that an archive that was broken off is not finished by another. */
export const formatVersion = 4;

export interface RecordingTruth {
  /** Video file, relative to the archive, with forward slashes. */
  readonly file: string;
  /** One JSON line per frame, relative to the archive. */
  readonly framesFile: string;
  /** Hash of the scene that was rendered. */
  readonly key: string;
  /** Size of the video file. */
  readonly bytes: number;
  readonly camera: string;
  /** Local wall-clock time of the first frame. */
  readonly startsAt: string;
  readonly seconds: number;
  readonly frameRate: number;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Facts about the recording: its light, the twin it belongs to, and the like; none where empty. */
  readonly notes: Readonly<Record<string, string | number | boolean>>;
  readonly incidents: readonly Incident[];
  readonly tracks: readonly Track[];
  /** Vehicles that stand parked throughout; they have no lines in the frames' file. */
  readonly parked: readonly TrackInFrame[];
}

export interface Manifest {
  readonly version: number;
  readonly suite: string;
  readonly seed: string;
  /** False while recordings are still missing. */
  readonly complete: boolean;
  /** Every video file that may stand in the folder by this archive's doing, written or not. */
  readonly files: readonly string[];
  readonly recordings: readonly RecordingTruth[];
}

const mark = 'anom-pi-simulated-archive';

/** The format in words, written into every manifest so that the file explains itself. */
const explanation = {
  incidents:
    'What is out of the ordinary: class, [start, end) in seconds since the first frame, participants as track ids. A recording without incidents is wholly normal.',
  bounds:
    'An incident lasts until the scene is as before or the recording ends. fight: from the first blow until everyone stands again. fall: from losing balance until standing again. running: from the first fast step in or near the picture until the last runner has left it. collision: from the impact. left-behind-object: from the moment the bag is let go. intrusion: from setting foot on the fence. theft: from bending down for the bag until the thief is gone. loitering: from arriving until leaving. vandalism: from the first blow or paint to the last. crowd-disturbance: from the fright until the last has left. fire-smoke-explosion: from the first flame. wrong-way: while the vehicle is in the picture.',
  tracks:
    'Everyone and everything that moves, with [start, end) in the picture. A bag is listed while carried too; a thing is something loose, such as a bin.',
  parked: 'Vehicles that stand still throughout, each with its box.',
  framesFile:
    'One line per frame: {"time": seconds, "boxes": [{"track": id, "box": [x, y, width, height], "visible": share}]}, boxes in [0, 1] of the picture, x to the right, y down. A box holds the whole body, hidden parts included, cut at the edge of the picture, and is left out where less than a quarter of it is inside; visible is the share of the body in the picture that nothing hides, and what is less than a tenth visible is left out.',
  startsAt: 'Local wall-clock time of the first frame, as printed into the picture.',
} as const;

export const manifestText = (manifest: Manifest): string =>
  `${JSON.stringify({ format: mark, version: manifest.version, suite: manifest.suite, seed: manifest.seed, complete: manifest.complete, explanation, files: manifest.files, recordings: manifest.recordings }, null, 1)}\n`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
/** A path that stays inside the archive. */
const isInside = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !/^([/\\]|[a-z]:)/i.test(value) && !value.split(/[/\\]/).includes('..');

/**
 * The manifest in `text`, or null where it is none or names files outside of its archive. Recordings of another version
 * keep their names only: they may be replaced, not reused.
 */
export function manifestFrom(text: string): Manifest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(parsed) || parsed['format'] !== mark) return null;
  const files: unknown = parsed['files'];
  if (!Array.isArray(parsed['recordings']) || !Array.isArray(files) || !files.every(isInside)) return null;
  const current = parsed['version'] === formatVersion;
  const recordings: RecordingTruth[] = [];
  for (const entry of parsed['recordings'] as readonly unknown[]) {
    if (!isObject(entry) || !isInside(entry['file']) || !isInside(entry['framesFile'])) return null;
    // Written by this program at this version: the rest of the entry is as `manifestText` made it.
    recordings.push({ ...(entry as unknown as RecordingTruth), key: current ? String(entry['key']) : '' });
  }
  return {
    version: Number(parsed['version']),
    suite: String(parsed['suite']),
    seed: String(parsed['seed']),
    complete: parsed['complete'] === true,
    files,
    recordings,
  };
}
