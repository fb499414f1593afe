/** A flag as it leaves the program: with its recording, its whole verdict history, and times that stand by themselves. */
import { localFromUtc } from '../../archive/index.ts';
import type { Flag } from '../../contract/flag.ts';
import { englishFor } from '../../contract/wording/en.ts';
import type { Recording } from '../../contract/recording.ts';
import type { Interval } from '../../math/interval.ts';
import type { VerdictEntry } from '../../store/index.ts';

/** The zone that local times are given in, and who says so. */
export interface Zone {
  /** IANA name. */
  readonly name: string;
  readonly source: 'camera' | 'setting' | 'machine';
}

export interface ExportedFlag {
  readonly flag: Flag;
  readonly recording: Recording;
  readonly verdicts: readonly VerdictEntry[];
  readonly zone: Zone;
  /** What the camera's clock was corrected by; it is part of all times given. */
  readonly clockOffsetMs: number;
}

/** A moment of a recording. Both times are null where the recording's clock is not known. */
export interface Moment {
  readonly seconds: number;
  /** ISO 8601. */
  readonly utc: string | null;
  readonly local: string | null;
}

/** The interval and class that hold: the reviewer's where he gave others. */
export function heldBounds({ flag }: Pick<ExportedFlag, 'flag'>): Interval {
  const { verdict } = flag;
  return { start: verdict?.start ?? flag.start, end: verdict?.end ?? flag.end };
}

export const heldClass = ({ flag }: Pick<ExportedFlag, 'flag'>): string => flag.verdict?.class ?? flag.class;

/** Why it was decided so, in words; null where no reason was given. */
export const reasonText = ({ flag }: Pick<ExportedFlag, 'flag'>): string | null =>
  flag.verdict?.reason === undefined ? null : englishFor.reason(flag.verdict.reason);

/** The class that holds, as a title: `A fall`. */
export function classTitle(exported: Pick<ExportedFlag, 'flag'>): string {
  const name = englishFor.class(heldClass(exported));
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

export function momentOf({ recording, zone }: Pick<ExportedFlag, 'recording' | 'zone'>, seconds: number): Moment {
  const start = recording.clock.utcMs;
  if (start === null) return { seconds, utc: null, local: null };
  const utcMs = Math.round(start + seconds * 1000);
  return { seconds, utc: new Date(utcMs).toISOString(), local: localText(utcMs, zone.name) };
}

/** `2026-03-14 09:00:00 +01:00`, as people write it. */
export const localTime = (utcMs: number, zone: string): string =>
  localText(utcMs, zone)
    .replace('T', ' ')
    .replace(/\.\d{3}/, ' ');

/** `2026-03-14T09:00:00.000+01:00`. */
function localText(utcMs: number, zone: string): string {
  const { year, month, day, hour, minute, second } = localFromUtc(utcMs, zone);
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  const minutes = Math.round((shown - Math.floor(utcMs / 1000) * 1000) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return new Date(utcMs + minutes * 60_000).toISOString().replace('Z', offset);
}

/** Everything about a flag's times, with where they come from. */
export function timesOf(exported: ExportedFlag) {
  const { recording, zone, clockOffsetMs } = exported;
  const { start, end } = heldBounds(exported);
  return {
    start: momentOf(exported, start),
    end: momentOf(exported, end),
    recordingStart: momentOf(exported, 0),
    clock: { source: recording.clock.source, readFrom: recording.clock.text, cameraCorrectionMs: clockOffsetMs },
    zone,
  };
}

/** The flag as one JSON value; its trajectory is named by its hash. */
export function flagRecord(exported: ExportedFlag) {
  const { flag, recording, verdicts } = exported;
  const { id, class: found, score, policy, explanation, claims, trajectory, verdict } = flag;
  return {
    flag: id,
    recording: recordingFacts(recording),
    found: { start: flag.start, end: flag.end, class: found, score, policy },
    held: {
      ...{ ...heldBounds(exported), class: heldClass(exported), state: verdict?.decision ?? 'open' },
      ...{ reason: verdict?.reason ?? null, note: verdict?.note ?? '' },
    },
    tags: flag.tags ?? [],
    times: timesOf(exported),
    ...{ explanation, claims, trajectory },
    verdicts: verdicts.map(({ flag: _flag, ...entry }) => entry),
  };
}

const recordingFacts = ({ id, path, camera, bytes, video }: Recording) => ({
  ...{ fingerprint: id, file: baseName(path), camera, bytes },
  video: video === null ? null : { ...video },
});

/** The last part of a path of any platform. */
export const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
