/** Whether the evidence that explanations point at shows what they speak of. */
import type { TrueInterval } from './temporal-detection.ts';

/** A frame that an explanation rests on. */
export interface EvidenceMark {
  readonly recording: string;
  /** Seconds. */
  readonly time: number;
}

/**
 * Share of the evidence frames that lie in a true interval of their recording, at most `tolerance` seconds beside one. Null
 * without evidence. Evidence of a false flag counts as wrong, so that this is no figure of the correct flags alone.
 */
export function evidencePrecision(
  marks: readonly EvidenceMark[],
  truths: readonly TrueInterval[],
  tolerance = 0,
): number | null {
  if (marks.length === 0) return null;
  const ofRecording = Map.groupBy(truths, ({ recording }) => recording);
  const right = marks.filter(({ recording, time }) =>
    (ofRecording.get(recording) ?? []).some(({ start, end }) => time >= start - tolerance && time < end + tolerance),
  );
  return right.length / marks.length;
}
