/** What is set for one camera, its zones among it: changed step by step, undone and redone, and saved as a whole. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type CameraSettings, defaultCameraSettings } from '../../src-main/contract/camera.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Zone } from '../../src-main/contract/zone.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useConnection } from './connection.ts';

/** Steps that can be taken back. */
const mostSteps = 200;

/** What was changed and not saved, by camera: it is there when one comes back. */
interface Draft {
  readonly past: readonly CameraSettings[];
  readonly now: CameraSettings;
  readonly future: readonly CameraSettings[];
}

const fresh = (now: CameraSettings): Draft => ({ past: [], now, future: [] });
const same = (a: CameraSettings, b: CameraSettings) => JSON.stringify(a) === JSON.stringify(b);

export const useCameraSettings = defineStore('camera-settings', () => {
  const connection = useConnection();
  const { client } = connection;
  const camera = ref<string | null>(null);
  const state = ref<'loading' | 'ready' | { readonly failed: string }>('loading');
  const saved = shallowRef<CameraSettings>(defaultCameraSettings);
  const draft = shallowRef<Draft>(fresh(defaultCameraSettings));
  const kept = new Map<string, Draft>();
  let asked = 0;

  const isChanged = computed(() => !same(draft.value.now, saved.value));

  async function read(): Promise<void> {
    const [name, turn] = [camera.value, ++asked];
    if (name === null) return;
    try {
      const { settings } = await client.cameras.settings({ camera: name });
      if (turn !== asked) return;
      saved.value = settings;
      draft.value = kept.get(name) ?? fresh(settings);
      kept.delete(name);
      state.value = 'ready';
    } catch (error) {
      // What is on screen was true a moment ago.
      if (turn !== asked || (appErrorFrom(error).code === 'connection-lost' && state.value === 'ready')) return;
      state.value = { failed: errorWords(error) };
    }
  }

  /** Shows another camera; null lets go of it. */
  function open(name: string | null): void {
    if (name === camera.value) return;
    if (camera.value !== null && state.value === 'ready' && isChanged.value) kept.set(camera.value, draft.value);
    camera.value = name;
    state.value = 'loading';
    draft.value = fresh(defaultCameraSettings);
    saved.value = defaultCameraSettings;
    void read();
  }

  /** One step. `joined`: it goes on with the one before, as while a corner is dragged, and is taken back with it. */
  function change(patch: Partial<CameraSettings>, joined = false): void {
    const { past, now } = draft.value;
    const next = { ...now, ...patch };
    if (same(next, now)) return;
    draft.value = { past: joined ? past : [...past, now].slice(-mostSteps), now: next, future: [] };
  }

  function undo(): void {
    const { past, now, future } = draft.value;
    const before = past.at(-1);
    if (before !== undefined) draft.value = { past: past.slice(0, -1), now: before, future: [now, ...future] };
  }

  function redo(): void {
    const { past, now, future } = draft.value;
    const [next, ...rest] = future;
    if (next !== undefined) draft.value = { past: [...past, now], now: next, future: rest };
  }

  /** Errors: those of the core. */
  async function save(): Promise<void> {
    const name = camera.value;
    if (name === null) return;
    const wanted = draft.value.now;
    const { settings } = await client.cameras.configure({ camera: name, settings: wanted });
    if (camera.value === name) saved.value = settings;
  }

  connection.onReady(() => {
    if (camera.value !== null && state.value !== 'ready') void read();
  });

  return {
    camera,
    state,
    settings: computed(() => draft.value.now),
    isChanged,
    canUndo: computed(() => draft.value.past.length > 0),
    canRedo: computed(() => draft.value.future.length > 0),
    open,
    read,
    change,
    setZones: (zones: readonly Zone[], joined = false) => change({ zones: [...zones] }, joined),
    discard: () => change(saved.value),
    undo,
    redo,
    save,
  };
});
