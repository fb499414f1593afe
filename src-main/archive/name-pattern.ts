/** How a recorder names its files, as a regular expression with named groups, and what a path tells by it. */
import { AppError } from '../contract/errors.ts';
import { isLocalTime, type LocalTime } from './local-time.ts';

/**
 * One way of naming files. `regex` is tried on the path without its extension, its folders joined by `/`, and must end
 * where the path ends. Named groups, all optional:
 * - `year month day hour minute second fraction ampm`: when the recording starts; `fraction` are the digits after the
 *   decimal point; a year of two digits is 20yy; seconds and minutes that are not named are 0;
 * - `zone`: `Z`, or an offset such as `+0100`, `-05:00`;
 * - `epoch`: seconds since 1970 with an optional fraction, `epochMs`: milliseconds;
 * - `camera`: the camera's name; `channel`: its number on the recorder.
 */
export interface NamePattern {
  readonly name: string;
  readonly regex: RegExp;
  /** `utc`: this recorder writes its times in UTC, as `zone` would say it where the name holds one. */
  readonly times?: 'local' | 'utc';
}

/** What a path tells of its recording. */
export interface NameReading {
  readonly pattern: string;
  readonly camera: string | null;
  readonly channel: string | null;
  readonly time: NameTime | null;
}

interface NameTime {
  readonly at: { readonly local: LocalTime } | { readonly utcMs: number };
  /** `folder-name` where any part of the time stands in a folder's name. */
  readonly source: 'file-name' | 'folder-name';
  /** The part of the path that the time was read from. */
  readonly text: string;
}

const EPOCH_GROUPS = ['epoch', 'epochMs'];
const TIME_GROUPS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'ampm', 'zone', ...EPOCH_GROUPS];
const GROUPS = new Set([...TIME_GROUPS, 'camera', 'channel']);
/** What a pattern may look at: enough for every recorder known, and a bound on the work of a regular expression. */
const SEGMENTS = 6;
const CHARACTERS = 512;

/**
 * A pattern that a user wrote, `source` as in `RegExp` with the groups of `NamePattern`.
 * @throws AppError `invalid-argument` where it is no regular expression, names an unknown group or none at all.
 */
export function namePatternFrom(name: string, source: string, times: 'local' | 'utc' = 'local'): NamePattern {
  let regex: RegExp;
  try {
    regex = patternRegex(source);
  } catch (error) {
    throw new AppError('invalid-argument', `The name pattern "${name}" is not a regular expression.`, { cause: error });
  }
  const groups = groupNames(source);
  const unknown = groups.find((group) => !GROUPS.has(group));
  if (unknown !== undefined) {
    const known = [...GROUPS].join(', ');
    throw new AppError(
      'invalid-argument',
      `The name pattern "${name}" has an unknown group "${unknown}"; known are ${known}.`,
    );
  }
  const has = (...needed: string[]) => needed.every((group) => groups.includes(group));
  if (!has('year', 'month', 'day') && !has('epoch') && !has('epochMs') && !has('camera') && !has('channel')) {
    const message = `The name pattern "${name}" needs the groups year, month and day, or epoch, epochMs, camera or channel.`;
    throw new AppError('invalid-argument', message);
  }
  return { name, regex, times };
}

/** Compiles a pattern's source so that it is matched at a path's end, with the places of its groups. */
export const patternRegex = (source: string): RegExp => new RegExp(`(?:${source})$`, 'diu');

/** `path` as patterns see it: its last folders and its name without extension, joined by `/`. */
function patternText(path: string): string {
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '');
  return segments
    .slice(-SEGMENTS)
    .join('/')
    .replace(/\.[^./]{1,5}$/, '')
    .slice(-CHARACTERS);
}

/**
 * What `path` tells by the first of `patterns` that matches it with a possible time; null where none does. A name that
 * looks like a time but cannot be one (a 13th month) counts as no match.
 */
export function readName(path: string, patterns: readonly NamePattern[]): NameReading | null {
  const text = patternText(path);
  for (const pattern of patterns) {
    const match = pattern.regex.exec(text);
    if (match === null) continue;
    const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    const time = timeFrom(text, match, pattern);
    if (time === 'impossible') continue;
    return { pattern: pattern.name, camera: trimmed(groups['camera']), channel: trimmed(groups['channel']), time };
  }
  return null;
}

const trimmed = (text: string | undefined): string | null => text?.replace(/^[\s._-]+|[\s._-]+$/g, '') || null;

function timeFrom(text: string, match: RegExpExecArray, pattern: NamePattern): NameTime | null | 'impossible' {
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const isEpoch = groups['epoch'] !== undefined || groups['epochMs'] !== undefined;
  const spans = (isEpoch ? EPOCH_GROUPS : TIME_GROUPS)
    .map((group) => match.indices?.groups?.[group])
    .filter((span) => span !== undefined);
  if (spans.length === 0) return null;
  const first = Math.min(...spans.map(([from]) => from));
  const last = Math.max(...spans.map(([, to]) => to));
  const at = momentFrom(groups, pattern.times ?? 'local');
  if (at === null) return 'impossible';
  return {
    at,
    source: first <= text.lastIndexOf('/') ? 'folder-name' : 'file-name',
    text: text.slice(first, last),
  };
}

function momentFrom(
  groups: Readonly<Record<string, string | undefined>>,
  times: 'local' | 'utc',
): NameTime['at'] | null {
  const { epoch, epochMs } = groups;
  if (epoch !== undefined || epochMs !== undefined) {
    const utcMs = epochMs === undefined ? Math.round(Number(epoch) * 1000) : Number(epochMs);
    return utcMs >= Date.UTC(1990, 0) && utcMs < Date.UTC(2100, 0) ? { utcMs } : null;
  }
  const local = localTimeFrom(groups);
  if (local === null || !isLocalTime(local)) return null;
  const offsetMinutes = groups['zone'] === undefined ? (times === 'utc' ? 0 : null) : offsetFrom(groups['zone']);
  if (offsetMinutes === null) return { local };
  const { year, month, day, hour, minute, second, millisecond } = local;
  return { utcMs: Date.UTC(year, month - 1, day, hour, minute - offsetMinutes, second, millisecond) };
}

function localTimeFrom(groups: Readonly<Record<string, string | undefined>>): LocalTime | null {
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction = '', ampm } = groups;
  if (year === undefined || month === undefined || day === undefined) return null;
  const clock = hourFrom(Number(hour), ampm);
  if (clock === null) return null;
  return {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: clock,
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
  };
}

function hourFrom(hour: number, ampm: string | undefined): number | null {
  if (ampm === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (ampm.toLowerCase().startsWith('p') ? 12 : 0);
}

/** Minutes ahead of UTC; null for a text that is no offset. */
function offsetFrom(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d)[:.]?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

const groupNames = (source: string): string[] =>
  [...source.matchAll(/\(\?<([a-z]\w*)>/gi)].map(([, name]) => name ?? '');
