/** Label files of Avenue and ShanghaiTech as JSON: per video its length and its anomalous frames. */
import { jsonOf, labelError } from './label-error.ts';
import { frameRange, type LabelledRecording } from './labelled-recording.ts';

/**
 * `{ "01_0014": { "frames": 265, "anomalous0based": [[154, 229]] } }`: frames counted from 0, the last one included.
 * Errors: AppError `invalid-argument` that names file and reason.
 */
export function readFrameRanges(text: string, file: string): LabelledRecording[] {
  const place = { file, line: null };
  const refuse = (reason: string) => labelError(place, reason);
  const value = jsonOf(text, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('an object by video is needed.');
  return Object.entries(value).map(([name, entry]: [string, unknown]) => {
    const { frames, anomalous0based: ranges } = (entry ?? {}) as { frames?: unknown; anomalous0based?: unknown };
    if (typeof frames !== 'number' || !Number.isInteger(frames) || frames < 1)
      throw refuse(`${name} has no \`frames\`.`);
    if (!Array.isArray(ranges)) throw refuse(`${name} has no list \`anomalous0based\`.`);
    const anomalies = ranges.map((range: unknown) => {
      const [start, last]: readonly unknown[] = Array.isArray(range) ? range : [];
      if (!Number.isInteger(start) || !Number.isInteger(last)) throw refuse(`${name} has a range without two frames.`);
      const anomaly = frameRange(start as number, last as number, 0, place);
      if (anomaly.end > frames) throw refuse(`an anomaly of ${name} ends with frame ${String(last)} of ${frames}.`);
      return anomaly;
    });
    return { name, class: anomalies.length === 0 ? 'normal' : 'anomalous', anomalies, frames, place };
  });
}
