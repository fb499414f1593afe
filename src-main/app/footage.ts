/** What cameras recorded along the wall clock, for a timeline of a day and for pictures of one moment side by side. */
import { setCameraClock } from '../archive/index.ts';
import { AppError } from '../contract/errors.ts';
import type { CameraClock, CameraMoment, Footage } from '../contract/footage.ts';
import type { Store } from '../store/index.ts';
import { requireCamera } from './camera-settings.ts';
import { activityOf } from './timeline.ts';

/** Longer spans are for a calendar, not for a timeline. */
const mostHours = 49;

interface Span {
  readonly camera: string;
  readonly fromUtcMs: number;
  readonly toUtcMs: number;
}

/** Recordings of the camera in the span, in the order of the clock. Errors: `not-found`, `invalid-argument`, `cancelled`. */
export async function footageOf(
  store: Pick<Store, 'cameras' | 'footage' | 'triage' | 'blobs'>,
  { camera, fromUtcMs, toUtcMs }: Span,
  signal: AbortSignal,
): Promise<Footage[]> {
  requireCamera(store, camera);
  const hours = (toUtcMs - fromUtcMs) / 3_600_000;
  if (!(hours > 0 && hours <= mostHours)) {
    throw new AppError('invalid-argument', `Footage is told for at most ${mostHours} hours, not for ${hours}.`);
  }
  const footage: Footage[] = [];
  for (const row of store.footage.span(camera, fromUtcMs, toUtcMs)) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    footage.push({ ...row, activity: await activityOf(store, row.recording) });
  }
  return footage;
}

/** Every camera at the moment, by name. */
export function camerasAt(
  { footage, recordingLists }: Pick<Store, 'footage' | 'recordingLists'>,
  utcMs: number,
): CameraMoment[] {
  const found = footage.moment(utcMs);
  const running = recordingLists.rows(found.flatMap(({ recording }) => recording ?? []));
  const rows = new Map(running.map((row) => [row.id, row]));
  return found.map(({ clockOffsetMs, timeZone, recording, ...rest }) => ({
    ...rest,
    clock: { clockOffsetMs, timeZone },
    recording: recording === null ? null : (rows.get(recording) ?? null),
  }));
}

/** Sets a camera's clock; the answer is what held before. Errors: `not-found`, `invalid-argument`. */
export function correctClock(
  store: Pick<Store, 'cameras' | 'recordings' | 'transaction'>,
  name: string,
  clock: CameraClock,
  fallbackZone: string | undefined,
): CameraClock {
  const { id, clockOffsetMs, timeZone } = requireCamera(store, name);
  setCameraClock(store, id, clock, fallbackZone);
  return { clockOffsetMs, timeZone };
}
