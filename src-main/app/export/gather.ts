/** The flags of an export with all that is told of them. */
import { systemTimeZone } from '../../archive/index.ts';
import { AppError } from '../../contract/errors.ts';
import type { KnownSettings } from '../../contract/settings.ts';
import type { ExportedFlag, Zone } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';

type GatherStore = Pick<Store, 'flags' | 'recordings' | 'cameras' | 'verdicts'>;

/** In the order of `ids`, each once. Errors: `not-found`. */
export const gatherFlags = (
  store: GatherStore,
  { timeZone }: Pick<KnownSettings, 'timeZone'>,
  ids: readonly string[],
) =>
  [...new Set(ids)].map((id): ExportedFlag => {
    const flag = store.flags.get(id);
    const recording = flag === undefined ? undefined : store.recordings.get(flag.recording);
    if (flag === undefined || recording === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
    const camera = store.cameras.get(store.recordings.cameraOf(recording.id) ?? '');
    return {
      ...{ flag, recording },
      verdicts: store.verdicts.history(id),
      zone: zoneFor(camera?.timeZone ?? null, timeZone),
      clockOffsetMs: camera?.clockOffsetMs ?? 0,
    };
  });

function zoneFor(ofCamera: string | null, setting: string): Zone {
  if (ofCamera !== null) return { name: ofCamera, source: 'camera' };
  return setting === '' ? { name: systemTimeZone(), source: 'machine' } : { name: setting, source: 'setting' };
}

/** The flags by recording, in the order in which each recording first comes. */
export const byRecording = (flags: readonly ExportedFlag[]): ExportedFlag[][] => [
  ...Map.groupBy(flags, ({ recording }) => recording.id).values(),
];
