/** A flag with its path, found by the rules policy in a recording that exists as a script: a scuffle of two people. */
import { vi } from 'vitest';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { budgetFor, perceptionWatcher, policyNamed, runEpisode } from '../../src-main/inquiry/index.ts';
import type { Person } from '../../src-main/perception/detection.ts';
import type { FrameObservation } from '../../src-main/perception/frame-observation.ts';
import { motionColumns, motionRows } from '../../src-main/perception/motion.ts';

const recordingId = 'ab'.repeat(32);
export const trajectoryId = 'cd'.repeat(32);

const seconds = 90;
const scuffle = { start: 40, end: 52 };
const isScuffle = (time: number) => time >= scuffle.start && time < scuffle.end;

/** Joints of someone upright in a box, as shares of it; COCO's order. */
const upright: readonly (readonly [x: number, y: number])[] = [
  [0.5, 0.07], [0.47, 0.05], [0.53, 0.05], [0.44, 0.07], [0.56, 0.07],
  [0.32, 0.2], [0.68, 0.2], [0.25, 0.36], [0.75, 0.36], [0.22, 0.5], [0.78, 0.5],
  [0.4, 0.52], [0.6, 0.52], [0.4, 0.75], [0.6, 0.75], [0.4, 0.97], [0.6, 0.97],
]; // prettier-ignore

/** Someone at `x`; their right wrist reaches out by `reach` of the picture's width. */
function someone(x: number, reach: number): Person {
  const box = { x, y: 0.4, width: 0.1, height: 0.4 };
  const keypoints = new Float32Array(17 * 3);
  upright.forEach(([across, down], joint) => {
    const stretched = joint === 10 ? reach : joint === 8 ? reach / 2 : 0;
    keypoints.set([box.x + across * box.width + stretched, box.y + down * box.height, 0.9], 3 * joint);
  });
  return { score: 0.9, box, keypoints };
}

/** What moves does so in the middle of the picture. */
const gridOf = (energy: number) =>
  new Float32Array(motionColumns * motionRows).map((_, cell) => {
    const across = (cell % motionColumns) / motionColumns;
    return across > 0.38 && across < 0.62 ? Math.min(1, 4 * energy) : 0;
  });

/** Two people who stand apart, and from `scuffle.start` on close together with arms that fly. */
function frameAt(time: number): FrameObservation {
  const wild = isScuffle(time);
  const swing = wild ? 0.05 + 0.05 * Math.sin(9 * time) : 0;
  const energy = wild ? 0.12 : 0.01;
  return {
    time,
    aspect: 16 / 9,
    motion: {
      lag: 0.2,
      energy,
      grid: gridOf(energy),
      velocity: new Float32Array(2 * motionColumns * motionRows),
      speed: new Float32Array(motionColumns * motionRows),
      global: { light: 0, shiftX: 0, shiftY: 0, cut: false },
      flow: wild
        ? { speed: 0.6, peak: 1.2, x: 0, y: 0, coherence: 0.2 }
        : { speed: 0.1, peak: 0.2, x: 0.1, y: 0, coherence: 0.9 },
      erratic: wild ? 0.8 : 0.2,
    },
    objects: [],
    persons: [someone(wild ? 0.42 : 0.2, swing), someone(wild ? 0.5 : 0.7, 0)],
  };
}

const watcher = perceptionWatcher({
  ...{ seconds, here: null },
  activity: {
    secondsPerBin: 1,
    activity: Float32Array.from({ length: seconds }, (_, second) => (isScuffle(second) ? 0.8 : 0.1)),
  },
  observe: (times) => Promise.resolve(times.map(frameAt)),
});

/** What a policy makes of it. */
export async function pathOf(policy: 'rules' | 'uniform') {
  const episode = { start: 0, end: seconds };
  return runEpisode({
    policy: policyNamed(policy),
    watcher,
    episode,
    budget: budgetFor(policy, episode),
    seed: 1,
    source: { recording: recordingId },
  });
}

/** What a scan would have stored of it. */
export async function foundFlag(): Promise<{ flag: Flag; trajectory: Trajectory }> {
  const { trajectory, flags } = await pathOf('rules');
  const [found] = flags;
  if (found === undefined) throw new Error('The rules policy does not flag the scuffle.');
  const flag: Flag = {
    id: 'ef'.repeat(32),
    recording: recordingId,
    path: '/archive/Yard/Yard_20260314_120000.mp4',
    camera: 'Yard',
    start: found.start,
    end: found.end,
    class: found.class,
    score: found.score,
    explanation: '',
    claims: [...found.claims],
    trajectory: trajectoryId,
    policy: 'rules',
    policyVersion: '1',
    verdict: null,
  };
  return { flag, trajectory };
}

/** The recording as the player has it open. */
export const recordingRow: RecordingRow = {
  id: recordingId,
  path: '/archive/Yard/Yard_20260314_120000.mp4',
  camera: 'Yard',
  clock: { utcMs: null, source: 'none', text: '' },
  bytes: 1,
  status: 'ready',
  reason: null,
  video: { seconds, width: 640, height: 360, rotation: 0, frameRate: 8, codec: 'h264', container: 'mp4' },
  flags: 1,
  openFlags: 1,
  scanned: true,
};

const picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'/>";

/** Every picture that is asked for is there: the address of the media becomes the part of another that is not sent. */
export function providePictures(): void {
  vi.stubGlobal('anomPi', { mediaBase: `${picture}#` });
}
