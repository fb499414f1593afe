/** Wall-clock readings of a camera into UTC, with daylight saving as the platform's time zone data knows it. */

/** A reading of a clock in no particular zone. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * How the reading lies in its zone: `gap`, a reading that never was because clocks went forward; `overlap`, one that was
 * twice because clocks went back.
 */
export type LocalTimeKind = 'unique' | 'gap' | 'overlap';

const DAY_MS = 86_400_000;

/** The fields as if they were UTC: a number to calculate with, not a time. */
export const localMs = (time: LocalTime): number =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.millisecond);

/** Whether all fields are in range and the day is one of its month; years from 1990 to 2099, when recorders existed. */
export function isLocalTime(time: LocalTime): boolean {
  if (time.year < 1990 || time.year > 2099) return false;
  const date = new Date(localMs(time));
  return (
    date.getUTCFullYear() === time.year &&
    date.getUTCMonth() === time.month - 1 &&
    date.getUTCDate() === time.day &&
    date.getUTCHours() === time.hour &&
    date.getUTCMinutes() === time.minute &&
    date.getUTCSeconds() === time.second &&
    date.getUTCMilliseconds() === time.millisecond
  );
}

/** `YYYY-MM-DDTHH:MM:SS.mmm`, as the store keeps it. */
export const textFromLocalTime = (time: LocalTime): string => new Date(localMs(time)).toISOString().slice(0, -1);

/** The reverse of `textFromLocalTime`; null for any other text. */
export function localTimeFromText(text: string): LocalTime | null {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/.test(text) ? Date.parse(`${text}Z`) : NaN;
  return Number.isNaN(ms) ? null : localTimeFromMs(ms);
}

const localTimeFromMs = (ms: number): LocalTime => {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
};

/**
 * The time at which a clock in `timeZone` (IANA) shows `time`, as the Temporal proposal's `compatible` has it: a reading
 * in an overlap is the earlier of the two; one in a gap is read with the offset before the change, as a clock would that
 * was not put forward.
 * @throws RangeError where there is no such time zone.
 */
export function utcFromLocal(
  time: LocalTime,
  timeZone: string,
): { readonly utcMs: number; readonly kind: LocalTimeKind } {
  const local = localMs(time);
  // No zone changes twice within two days, so the offsets a day before and after are the only ones that can hold.
  const before = local - zoneOffsetMs(local - DAY_MS, timeZone);
  const after = local - zoneOffsetMs(local + DAY_MS, timeZone);
  const shows = (utcMs: number) => utcMs + zoneOffsetMs(utcMs, timeZone) === local;
  if (shows(before)) return { utcMs: before, kind: before !== after && shows(after) ? 'overlap' : 'unique' };
  return shows(after) ? { utcMs: after, kind: 'unique' } : { utcMs: before, kind: 'gap' };
}

/** What a clock in `timeZone` shows at `utcMs`. */
export const localFromUtc = (utcMs: number, timeZone: string): LocalTime =>
  localTimeFromMs(utcMs + zoneOffsetMs(utcMs, timeZone));

/** Whether the platform knows `timeZone`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false; // RangeError is how Intl answers.
  }
}

/** The computer's own time zone. */
export const systemTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a clock in `timeZone` is ahead of UTC at `utcMs`. */
function zoneOffsetMs(utcMs: number, timeZone: string): number {
  const fields = new Map<string, number>();
  for (const { type, value } of formatOf(timeZone).formatToParts(utcMs)) fields.set(type, Number(value));
  const field = (name: string) => fields.get(name) ?? NaN;
  const shown = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return shown - Math.floor(utcMs / 1000) * 1000;
}

/** A format costs a hundred times what formatting does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
