/** One moment of the wall clock, seen by several cameras: which are shown, which leads, where it stands, whose clock is corrected. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CameraMoment, Footage } from '../../src-main/contract/footage.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { t } from '../i18n/index.ts';
import { heldRate, neighbourRate, shuttledRate } from '../lib/playback-rate.ts';
import { useConnection } from './connection.ts';
import { type Outcome, useHistory } from './history.ts';
import { useNotices } from './notices.ts';

export const mostCameras = 4;
/** Footage is known this far around the moment. */
const aroundMs = 6 * 3_600_000;

export const useMoment = defineStore('moment', () => {
  const connection = useConnection();
  const history = useHistory();
  const notices = useNotices();
  const { client } = connection;

  /** All cameras at the moment that was asked for. */
  const cameras = shallowRef<readonly CameraMoment[]>([]);
  const shown = ref<readonly string[]>([]);
  const leader = ref<string | null>(null);
  const utcMs = ref(0);
  const playing = ref(false);
  const rate = ref(1);
  /** Counts what moves all pictures at once, other than by playing. */
  const jumps = ref(0);
  /** Recordings of each camera around the moment, by its clock as it is stored. */
  const footage = shallowRef<ReadonlyMap<string, readonly Footage[]>>(new Map());
  /** What is tried for a camera's clock and not kept yet: ms to be added to its times. */
  const tried = ref<Readonly<Record<string, number>>>({});
  const adjusting = ref<string | null>(null);

  const at = (camera: string) => cameras.value.find((each) => each.camera === camera);
  const triedMs = (camera: string): number => tried.value[camera] ?? 0;
  /** The camera whose clock the keys correct: the one that is open for it, else the first that does not lead. */
  const corrected = computed(
    () => adjusting.value ?? shown.value.find((camera) => camera !== leader.value) ?? leader.value,
  );

  async function readFootage(names: readonly string[]): Promise<void> {
    const span = { fromUtcMs: Math.round(utcMs.value - aroundMs), toUtcMs: Math.round(utcMs.value + aroundMs) };
    const found = await Promise.all(
      names.map(async (camera) => {
        const answer = await client.cameras.footage({ camera, ...span });
        return [camera, answer.footage] as const;
      }),
    );
    footage.value = new Map([...footage.value, ...found]);
  }

  /** Asks who saw the moment. Errors of the core. */
  async function read(): Promise<void> {
    cameras.value = (await client.cameras.moment({ utcMs: Math.round(utcMs.value) })).cameras;
    await readFootage(shown.value);
  }

  /** Shows the moment, led by `camera`, with those asked for beside it, else with those that saw it. */
  async function open(camera: string, momentUtcMs: number, beside: readonly string[]): Promise<void> {
    utcMs.value = momentUtcMs;
    leader.value = camera;
    playing.value = false;
    rate.value = 1;
    tried.value = {};
    adjusting.value = null;
    footage.value = new Map();
    shown.value = [camera];
    cameras.value = (await client.cameras.moment({ utcMs: Math.round(momentUtcMs) })).cameras;
    const known = new Set(cameras.value.map((each) => each.camera));
    const others = cameras.value.filter((each) => each.recording !== null && each.camera !== camera);
    const wanted = beside.length > 0 ? beside : others.map((each) => each.camera);
    shown.value = [...new Set([camera, ...wanted])].filter((each) => known.has(each)).slice(0, mostCameras);
    await readFootage(shown.value);
    jumps.value++;
  }

  /** Recording of a camera that has footage of a moment, with the seconds into it; null for none. */
  function placeOf(camera: string, momentUtcMs: number) {
    const moment = momentUtcMs - triedMs(camera);
    const found = (footage.value.get(camera) ?? []).findLast(
      ({ utcMs: start, seconds }) => moment >= start && moment < start + seconds * 1000,
    );
    return found === undefined ? null : { recording: found, time: (moment - found.utcMs) / 1000 };
  }

  /** When the footage before a moment ended and the next begins, by the clock as it is tried. */
  function neighboursOf(camera: string, momentUtcMs: number) {
    const moment = momentUtcMs - triedMs(camera);
    const all = footage.value.get(camera) ?? [];
    const before = all.findLast(({ utcMs: start, seconds }) => start + seconds * 1000 <= moment);
    const after = all.find(({ utcMs: start }) => start > moment);
    return {
      endedUtcMs: before === undefined ? null : before.utcMs + before.seconds * 1000 + triedMs(camera),
      beginsUtcMs: after === undefined ? null : after.utcMs + triedMs(camera),
    };
  }

  function jump(toUtcMs: number): void {
    utcMs.value = toUtcMs;
    jumps.value++;
  }

  async function toggleCamera(camera: string): Promise<void> {
    if (shown.value.includes(camera)) {
      if (shown.value.length === 1) return;
      shown.value = shown.value.filter((each) => each !== camera);
      if (leader.value === camera) leader.value = shown.value[0] ?? null;
    } else if (shown.value.length < mostCameras) {
      shown.value = [...shown.value, camera];
      await readFootage([camera]).catch(notices.showError);
    }
  }

  function nextLeader(): void {
    const index = shown.value.indexOf(leader.value ?? '');
    leader.value = shown.value[(index + 1) % shown.value.length] ?? null;
  }

  const tryClock = (camera: string, byMs: number): void => {
    tried.value = { ...tried.value, [camera]: Math.round(triedMs(camera) + byMs) };
    jumps.value++;
  };
  const forgetClock = (camera: string): void => tryClock(camera, -triedMs(camera));

  async function setClock(camera: string, clockOffsetMs: number, timeZone: string | null): Promise<void> {
    await client.cameras.setClock({ camera, clockOffsetMs, timeZone });
    await read();
    jumps.value++;
  }

  /** Keeps what was tried: all recordings of the camera get their times by it. A change of the history. */
  async function keepClock(camera: string): Promise<void> {
    const clock = at(camera)?.clock;
    const by = triedMs(camera);
    if (clock === undefined || by === 0) return;
    const { clockOffsetMs: before, timeZone } = clock;
    const swap = (to: number) => async (): Promise<Outcome> => {
      try {
        await setClock(camera, to, timeZone);
        return 'done';
      } catch (error) {
        notices.showError(error);
        return appErrorFrom(error).code === 'not-found' ? 'gone' : 'refused';
      }
    };
    tried.value = { ...tried.value, [camera]: 0 };
    const outcome = await swap(before + by)();
    if (outcome !== 'done') {
      tried.value = { ...tried.value, [camera]: by };
      return;
    }
    history.add({
      label: t('player.history.change.clock', { camera }),
      undo: swap(before),
      redo: swap(before + by),
    });
  }

  /** Where the leading camera has nothing to show, the first that has leads. */
  function play(): void {
    const hasFootage = (camera: string) => placeOf(camera, utcMs.value) !== null;
    if (leader.value === null || !hasFootage(leader.value)) {
      const other = shown.value.find(hasFootage);
      if (other === undefined) return;
      leader.value = other;
    }
    playing.value = true;
  }
  function pause(): void {
    playing.value = false;
    jumps.value++;
  }
  function toggle(): void {
    if (playing.value) return pause();
    if (rate.value < 0) rate.value = 1;
    play();
  }
  function shuttle(direction: 1 | -1): void {
    rate.value = shuttledRate({ playing: playing.value, rate: rate.value }, direction);
    play();
  }
  function halt(): void {
    pause();
    rate.value = 1;
  }

  return {
    cameras, shown, leader, utcMs, playing, rate, jumps, footage, tried, adjusting, corrected,
    at, triedMs, open, read, placeOf, neighboursOf, jump, toggleCamera, nextLeader, tryClock, forgetClock, keepClock,
    play, pause, toggle, shuttle, halt,
    setRate: (to: number) => (rate.value = heldRate(to)),
    changeRate: (change: 1 | -1) => (rate.value = neighbourRate(rate.value, change)),
  }; // prettier-ignore
});
