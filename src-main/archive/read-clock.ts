/** When a recording began: the best of what its name, its container and its file tell, and which of them it was. */
import type { RawClock } from '../store/index.ts';
import { localTimeFromText, textFromLocalTime, utcFromLocal } from './local-time.ts';
import type { NameReading } from './name-pattern.ts';

export interface ClockEvidence {
  readonly reading: NameReading | null;
  /** What the container says, ISO 8601; null where it says nothing. */
  readonly createdAt: string | null;
  /** Last change of the file: the end of the recording, as far as nobody touched it since. */
  readonly mtimeMs: number;
  readonly seconds: number;
  /** IANA zone of the camera's clock. */
  readonly timeZone: string;
}

/** Earlier ones are what a recorder without a battery, or a container without a date (1904, 1970), writes. */
const EARLIEST_MS = Date.UTC(1990, 0);

/**
 * The recording's start before the camera's correction: from the file's or folder's name, else the container, else the
 * file's last change minus the duration; `none` where all are missing or before 1990.
 */
export function readClock({ reading, createdAt, mtimeMs, seconds, timeZone }: ClockEvidence): RawClock {
  if (reading?.time) {
    const { at, source, text } = reading.time;
    if ('utcMs' in at) return { utcMs: at.utcMs, source, text, local: null };
    return { utcMs: utcFromLocal(at.local, timeZone).utcMs, source, text, local: textFromLocalTime(at.local) };
  }
  const created = createdAt === null ? NaN : Date.parse(createdAt);
  if (createdAt !== null && created >= EARLIEST_MS) {
    return { utcMs: created, source: 'container', text: createdAt, local: null };
  }
  const begun = Math.round(mtimeMs - seconds * 1000);
  if (begun >= EARLIEST_MS) {
    return { utcMs: begun, source: 'file-time', text: new Date(mtimeMs).toISOString(), local: null };
  }
  return { utcMs: null, source: 'none', text: '', local: null };
}

/** The uncorrected start of a recording whose camera is now known to keep the time of `timeZone`. */
export function rereadClock(clock: RawClock, timeZone: string): number | null {
  const local = clock.local === null ? null : localTimeFromText(clock.local);
  return local === null ? clock.utcMs : utcFromLocal(local, timeZone).utcMs;
}
