/** Times as a person types them: seconds, minutes:seconds or hours:minutes:seconds. */

/** Seconds, or null where `text` is not a time. Commas stand for points; minutes and seconds stay below 60 after a colon. */
export function secondsFromEntry(text: string): number | null {
  const match = /^(?:(?:(\d+):)?([0-5]?\d|\d+):)?(\d+(?:[.,]\d*)?)$/.exec(text.trim());
  if (match === null) return null;
  const [, hours, minutes, rest = ''] = match;
  const seconds = Number(rest.replace(',', '.'));
  if (minutes !== undefined && seconds >= 60) return null;
  if (hours !== undefined && Number(minutes) >= 60) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + seconds;
}

export type IntervalProblem = 'not-a-time' | 'reversed' | 'outside';

export interface IntervalReading {
  readonly interval: { readonly start: number; readonly end: number } | null;
  readonly startProblem: IntervalProblem | null;
  readonly endProblem: IntervalProblem | null;
}

/** What two entries say about an interval in a recording of `length` seconds: bounds, or what is wrong with which. */
export function readInterval(startText: string, endText: string, length: number): IntervalReading {
  const [start, end] = [secondsFromEntry(startText), secondsFromEntry(endText)];
  // Typed times have a tenth at best: the end of the recording is met by the tenth after it.
  const problemOf = (seconds: number | null) =>
    seconds === null ? 'not-a-time' : seconds > length + 0.1 ? 'outside' : null;
  const startProblem = problemOf(start);
  const endProblem = problemOf(end) ?? (start !== null && end !== null && end <= start ? 'reversed' : null);
  const sound = start !== null && end !== null && startProblem === null && endProblem === null;
  return { interval: sound ? { start, end: Math.min(end, length) } : null, startProblem, endProblem };
}
