/** What each camera usually shows: learned after every scan of a recording, asked for by the next, shown and forgotten. */
import type { CameraNormality } from '../contract/camera.ts';
import { appErrorFrom } from '../contract/errors.ts';
import type { Recording } from '../contract/recording.ts';
import { decodeNormality, heatMap, normalityVersion, perceptionKey } from '../perception/index.ts';
import type { Store } from '../store/index.ts';
import type { NormalityAt } from '../workers/index.ts';
import { requireCamera } from './camera-settings.ts';
import type { Tasks } from './tasks.ts';

type NormalityStore = Pick<Store, 'normality' | 'recordings' | 'cameras' | 'scans' | 'frameCache' | 'blobs'>;

/** What is learned with other models or another version of perception is never mixed. */
const keyOf = (models: string) => `normality-${String(normalityVersion)} ${perceptionKey(models)}`;

/**
 * A snapshot is made anew when this share of the parts that it was made of has come to them or changed since, so that a
 * camera of ten thousand recordings is merged some thirty times and not ten thousand.
 */
const growth = 0.25;

/** The camera's snapshot and the recording's hour, or null where nothing was learned or the snapshot is lost. */
export async function normalityFor(
  { normality, recordings, blobs }: NormalityStore,
  recording: Recording,
  models: string,
): Promise<NormalityAt | null> {
  const camera = recordings.cameraOf(recording.id);
  const snapshot = camera === undefined ? undefined : normality.snapshot(camera, keyOf(models));
  if (snapshot === undefined || (await readSnapshot(blobs, snapshot.blob)) === null) return null;
  return { snapshot: snapshot.blob, hour: localHour(recording) };
}

/**
 * Learns from the finished scan of a recording, once: the same footage again replaces what it taught. Errors: those of
 * the tasks; `cancelled`.
 */
export async function learnFrom(
  store: NormalityStore,
  tasks: Tasks,
  { recording, scan, models }: { readonly recording: Recording; readonly scan: string; readonly models: string },
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const camera = store.recordings.cameraOf(recording.id);
  if (camera === undefined) return;
  const key = keyOf(models);
  const trajectories = store.scans.episodes(scan).flatMap(({ trajectory }) => trajectory ?? []);
  const frames = store.frameCache.between(recording.id, perceptionKey(models), 0, Number.MAX_SAFE_INTEGER, now());
  const cached = [...new Set(frames.map(({ blob }) => blob))];
  if (trajectories.length === 0 || cached.length === 0) return;
  const { part } = await tasks.run(
    'learn-normality',
    { recording: recording.id, hour: localHour(recording), cached, trajectories },
    { blobs: [...cached, ...trajectories] },
    (result) => [result.part],
    { signal },
  );
  store.normality.putPart(recording.id, key, part, now());

  const madeAtMs = now();
  const parts = store.normality.parts(camera, key);
  const before = store.normality.snapshot(camera, key);
  if (before !== undefined && waitingFor(store, camera, key, before) < growth * before.parts) return;
  const merged = await tasks.run('merge-normality', { parts }, { blobs: parts }, (result) => [result.normality], {
    signal,
  });
  store.normality.putSnapshot(camera, key, { blob: merged.normality, parts: parts.length, madeAtMs });
}

/** Null as long as nothing was learned. Errors: `not-found`. */
export async function inspectNormality(
  store: NormalityStore,
  name: string,
  models: string,
): Promise<CameraNormality | null> {
  const { id: camera } = requireCamera(store, name);
  const snapshot = store.normality.snapshot(camera, keyOf(models));
  const normality = snapshot === undefined ? null : await readSnapshot(store.blobs, snapshot.blob);
  if (snapshot === undefined || normality === null) return null;
  const { columns, rows, presence, speed, direction, frames, hours } = heatMap(normality);
  return {
    camera: name,
    recordings: snapshot.parts,
    waiting: waitingFor(store, camera, keyOf(models), snapshot),
    madeAtMs: snapshot.madeAtMs,
    id: snapshot.blob,
    enough: normality.enough,
    ...{ frames, hours: [...hours], columns, rows },
    ...{ presence: [...presence], speed: [...speed], direction: [...direction] },
  };
}

/** Errors: `not-found`. */
export async function resetNormality(store: NormalityStore, name: string): Promise<void> {
  const parts = store.normality.reset(requireCamera(store, name).id);
  // The snapshots stay: trajectories name them.
  for (const part of parts) await store.blobs.remove(part);
}

/** Parts that are not in the snapshot as they are now: learned later, or learned anew from more looks. */
const waitingFor = (
  { normality }: Pick<Store, 'normality'>,
  camera: string,
  key: string,
  { madeAtMs }: { readonly madeAtMs: number },
) => normality.learnedSince(camera, key, madeAtMs);

/** Null where the blob is gone, damaged or of another version: it is learned anew. */
async function readSnapshot(blobs: NormalityStore['blobs'], hash: string) {
  try {
    return decodeNormality(await blobs.read(hash));
  } catch (error) {
    const { code } = appErrorFrom(error);
    if (code === 'not-found' || code === 'integrity-mismatch' || code === 'invalid-argument') return null;
    throw error;
  }
}

/** By the clock of this machine, as the window shows times; null where the recording's start is not known for sure. */
function localHour({ clock }: Recording): number | null {
  if (clock.utcMs === null || clock.source === 'file-time') return null;
  return new Date(clock.utcMs).getHours();
}
