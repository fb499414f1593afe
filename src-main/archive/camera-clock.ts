/** Sets a camera's clock right and with it the times of all its recordings. */
import { AppError } from '../contract/errors.ts';
import type { Camera, Store } from '../store/index.ts';
import { isTimeZone, systemTimeZone } from './local-time.ts';
import { rereadClock } from './read-clock.ts';

/**
 * Sets what is to be added to `camera`'s clock and the zone it keeps (null: `fallbackZone`, the archive's own), and reads
 * the times of its recordings anew, all or none. Times that were read in UTC do not depend on the zone.
 * @throws AppError `not-found`, `invalid-argument` for a zone that does not exist or an offset that is no whole number.
 */
export function setCameraClock(
  store: Pick<Store, 'cameras' | 'recordings' | 'transaction'>,
  camera: string,
  clock: Pick<Camera, 'clockOffsetMs' | 'timeZone'>,
  fallbackZone = systemTimeZone(),
): void {
  if (store.cameras.get(camera) === undefined) throw new AppError('not-found', `There is no camera "${camera}".`);
  if (clock.timeZone !== null && !isTimeZone(clock.timeZone)) {
    throw new AppError('invalid-argument', `"${clock.timeZone}" is not a time zone; write it as in "Europe/Berlin".`);
  }
  if (!Number.isSafeInteger(clock.clockOffsetMs)) {
    throw new AppError('invalid-argument', 'The correction of a clock is a whole number of milliseconds.');
  }
  const zone = clock.timeZone ?? fallbackZone;
  store.transaction(() => {
    store.cameras.setClock(camera, clock);
    const clocks = store.recordings.clocksOf(camera);
    store.recordings.setClocks(clocks.map(({ id, clock: raw }) => ({ id, utcMs: rereadClock(raw, zone) })));
  });
}
