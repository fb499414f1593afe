/** What an export is of, with all that is told of it: flags, or a stretch of a recording that no flag stands for. */
import { systemTimeZone } from '../../archive/index.ts';
import { AppError } from '../../contract/errors.ts';
import type { Recording } from '../../contract/recording.ts';
import type { KnownSettings } from '../../contract/settings.ts';
import type { Interval } from '../../math/interval.ts';
import { type ExportedFlag, heldBounds, type Zone } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { ExportRequest } from './request.ts';

type GatherStore = Pick<Store, 'flags' | 'recordings' | 'cameras' | 'verdicts'>;

/** Footage that is cut. */
export interface Footage {
  readonly recording: Recording;
  readonly span: Interval;
  readonly zone: Zone;
  /** Null for a stretch. */
  readonly exported: ExportedFlag | null;
}

export const footageOfFlag = (exported: ExportedFlag): Footage => ({
  ...{ recording: exported.recording, span: heldBounds(exported), zone: exported.zone, exported },
});

/** In the order of `ids`, each once. Errors: `not-found`. */
const gatherFlags = (
  store: GatherStore,
  settings: Pick<KnownSettings, 'timeZone'>,
  ids: readonly string[],
): ExportedFlag[] =>
  [...new Set(ids)].map((id): ExportedFlag => {
    const flag = store.flags.get(id);
    const recording = flag === undefined ? undefined : store.recordings.get(flag.recording);
    if (flag === undefined || recording === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
    return { ...{ flag, recording }, verdicts: store.verdicts.history(id), ...clockOf(store, settings, recording.id) };
  });

/** Of every flag, or the one stretch. Errors: `not-found`. */
export function gatherFootage(
  store: GatherStore,
  settings: Pick<KnownSettings, 'timeZone'>,
  { flags, stretch }: Pick<ExportRequest, 'flags' | 'stretch'>,
): Footage[] {
  if (stretch === null) return gatherFlags(store, settings, flags).map(footageOfFlag);
  const recording = store.recordings.get(stretch.recording);
  if (recording === undefined) throw new AppError('not-found', `There is no recording ${stretch.recording}.`);
  const { start, end } = stretch;
  return [{ recording, span: { start, end }, zone: clockOf(store, settings, recording.id).zone, exported: null }];
}

function clockOf(store: GatherStore, { timeZone }: Pick<KnownSettings, 'timeZone'>, recording: string) {
  const camera = store.cameras.get(store.recordings.cameraOf(recording) ?? '');
  return { zone: zoneFor(camera?.timeZone ?? null, timeZone), clockOffsetMs: camera?.clockOffsetMs ?? 0 };
}

function zoneFor(ofCamera: string | null, setting: string): Zone {
  if (ofCamera !== null) return { name: ofCamera, source: 'camera' };
  return setting === '' ? { name: systemTimeZone(), source: 'machine' } : { name: setting, source: 'setting' };
}

/** The flags by recording, in the order in which each recording first comes. */
export const byRecording = (flags: readonly ExportedFlag[]): ExportedFlag[][] => [
  ...Map.groupBy(flags, ({ recording }) => recording.id).values(),
];
