/** Archives of simulated recordings: the manifest beside them holds what is true. */
import { manifestFrom, type RecordingTruth } from '../../simulation/manifest.ts';
import type { TwinPair } from './data-set.ts';
import { labelError } from './label-error.ts';
import { jointClass, type LabelledRecording } from './labelled-recording.ts';

export interface SimulatedRecording {
  readonly labelled: LabelledRecording;
  readonly framesPerSecond: number;
  readonly twin: TwinPair | null;
}

export interface SimulatedLabels {
  readonly recordings: readonly SimulatedRecording[];
  /** Files that the archive is to have and that were not rendered yet. */
  readonly unfinished: readonly string[];
}

/**
 * The recordings of a `ground-truth.json`. A frame is anomalous where the instant at which it is shown lies in an incident,
 * `[start, end)` in seconds. Errors: AppError `invalid-argument` for a file that is no manifest.
 */
export function readSimulated(text: string, file: string): SimulatedLabels {
  const place = { file, line: null };
  const manifest = manifestFrom(text);
  if (manifest === null) throw labelError(place, 'this is no manifest of a simulated archive.');
  const recordings = manifest.recordings.map((recording) => {
    const { file: name, frameRate, frames, incidents, notes } = recording;
    // The instant of frame n is n / rate, so the first frame of a start is the next one up; the sliver allows for 0.1 · 30.
    const frameFrom = (seconds: number) => Math.min(frames, Math.ceil(seconds * frameRate - 1e-6));
    const anomalies = incidents
      .map(({ start, end }) => ({ start: frameFrom(start), end: frameFrom(end) }))
      .filter(({ start, end }) => end > start);
    const labelled = {
      ...{ name, anomalies, frames, place },
      class: jointClass(anomalies.length === 0 ? [] : incidents.map((incident) => incident.class)),
    };
    return { labelled, framesPerSecond: frameRate, twin: twinFrom(notes) };
  });
  const rendered = new Set(manifest.recordings.map((recording) => recording.file));
  return { recordings, unfinished: manifest.files.filter((name) => !rendered.has(name)) };
}

/** The notes of a recording that has a twin name the pair and its kind; those of older archives are missing. */
function twinFrom(notes: RecordingTruth['notes'] | undefined): TwinPair | null {
  const { twin, kind, rate } = notes ?? {};
  return typeof twin === 'string'
    ? { name: twin, kind: String(kind ?? ''), rate: typeof rate === 'number' && rate > 0 ? rate : null }
    : null;
}
