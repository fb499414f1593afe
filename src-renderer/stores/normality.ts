/** What one camera usually shows, as it was learned; read again while scans teach more of it. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CameraNormality } from '../../src-main/contract/camera.ts';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import { useConnection } from './connection.ts';

export type NormalityState =
  | { readonly kind: 'loading' }
  /** Null as long as nothing was learned. */
  | { readonly kind: 'ready'; readonly normality: CameraNormality | null }
  /** There is no camera of this name. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'error'; readonly error: AppError };

/** A frame of the camera, to lay the maps over. */
export interface CameraPicture {
  readonly url: string;
  /** Width over height. */
  readonly aspect: number;
}

/** A running scan changes the archive twice a second. */
const reloadDelayMs = 1500;
/** Recordings of a camera among which a picture is looked for. */
const mostRows = 200;
/** Where no hour is known to be light: as far from noon as midnight. */
const darkest = 12;

export const useNormality = defineStore('normality', () => {
  const connection = useConnection();
  const { client } = connection;
  const camera = ref<string | null>(null);
  const state = shallowRef<NormalityState>({ kind: 'loading' });
  const picture = shallowRef<CameraPicture | null>(null);
  /** Ids of the camera's recordings. */
  const recordings = shallowRef<readonly string[]>([]);
  let asked = 0;

  async function read(name: string): Promise<void> {
    const turn = ++asked;
    try {
      const { normality } = await client.cameras.normality({ camera: name });
      if (turn === asked) state.value = { kind: 'ready', normality };
    } catch (caught) {
      const error = appErrorFrom(caught);
      // What is on screen was true a moment ago.
      if (turn !== asked || (error.code === 'connection-lost' && state.value.kind === 'ready')) return;
      state.value = error.code === 'not-found' ? { kind: 'missing' } : { kind: 'error', error };
    }
  }

  async function readPicture(name: string): Promise<void> {
    try {
      const { ids } = await client.recordings.find({ cameras: [name] });
      const { items } = await client.recordings.rows({ ids: ids.slice(-mostRows) });
      if (camera.value !== name) return;
      recordings.value = ids;
      picture.value = pictureOf(items);
    } catch {
      // The maps are what matters: they stand by themselves.
      if (camera.value === name) picture.value = null;
    }
  }

  /** The middle of the recording that is nearest to noon, when most is to be seen. */
  function pictureOf(rows: readonly RecordingRow[]): CameraPicture | null {
    const [best] = rows
      .filter(({ video, status }) => video !== null && status === 'ready')
      .toSorted((a, b) => darkness(a) - darkness(b));
    if (best?.video == null) return null;
    const { seconds, width, height } = best.video;
    const milliseconds = Math.floor(seconds * 500);
    return {
      url: connection.mediaUrl({ kind: 'picture', recording: best.id, milliseconds, width: 1280 }),
      aspect: width / height,
    };
  }

  /** Shows another camera; null lets go of it. */
  function open(name: string | null): void {
    if (name === camera.value) return;
    camera.value = name;
    asked++;
    state.value = { kind: 'loading' };
    picture.value = null;
    recordings.value = [];
    if (name !== null) refresh();
  }

  function refresh(): void {
    if (camera.value === null) return;
    void read(camera.value);
    void readPicture(camera.value);
  }

  /** Forgets what was learned. Errors: those of the core. */
  async function reset(): Promise<void> {
    const name = camera.value;
    if (name === null) return;
    await client.cameras.resetNormality({ camera: name });
    await read(name);
  }

  const refreshSoon = useDebounceFn(refresh, reloadDelayMs, { maxWait: 2 * reloadDelayMs });
  client.on('archive.changed', () => void refreshSoon());
  connection.onReady(refresh);

  return { camera, state, picture, recordings, open, refresh, reset };
});

/** Hours from noon. */
const darkness = ({ clock }: RecordingRow) =>
  clock.utcMs === null || clock.source === 'file-time' ? darkest : Math.abs(new Date(clock.utcMs).getHours() - 12);
