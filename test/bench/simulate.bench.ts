/** How many times faster than they last recordings are rendered and encoded: alone, and two at a time as workers do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmScene, makingHere, recordingOf, simulateArchive, suiteNamed } from '../../src-main/simulation/index.ts';
import type { SuiteRecording } from '../../src-main/simulation/index.ts';
import { encodeVideo } from '../../src-main/video/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'anom-pi-simulate-bench-'));
/** Processor seconds of this process (all threads) and seconds on the clock since `start`. */
const since = (start: { readonly cpu: NodeJS.CpuUsage; readonly clock: number }) => {
  const { user, system } = process.cpuUsage(start.cpu);
  return { cpu: (user + system) / 1e6, clock: (performance.now() - start.clock) / 1000 };
};
const now = () => ({ cpu: process.cpuUsage(), clock: performance.now() });

/** Seconds of each recording that are rendered: its fixed picture counts for more here than in a whole one. */
const looked = 10;
const recordings: readonly (SuiteRecording & { readonly from: string })[] = [
  ...suiteNamed('sample', { seed: 1 }).recordings.map((recording) => ({ ...recording, from: 'sample' })),
  ...suiteNamed('normal-life', { seed: 1, hours: (20 * 60) / 3600 }).recordings.map((recording) => ({
    ...recording,
    from: 'normal-life',
  })),
];

try {
  const sums = new Map<string, { seconds: number; clock: number; cpu: number }>();
  for (const [index, recording] of recordings.entries()) {
    const scene = { ...recording.scene(), seconds: looked };
    const start = now();
    const { frames } = filmScene(scene, { shareArray: true });
    const drawn = since(start);
    let count = 0;
    for (const _ of frames) count++;
    const filmed = since(start);
    const again = now();
    const suite = { name: 'one', recordings: [{ ...recordingOf(scene), encoding: recording.encoding }] };
    const out = join(folder, String(index));
    await simulateArchive({ out, seed: 1, suite, make: makingHere(suite, out, encodeVideo) });
    const whole = since(again);
    const sum = sums.get(recording.from) ?? { seconds: 0, clock: 0, cpu: 0 };
    sums.set(recording.from, {
      seconds: sum.seconds + scene.seconds,
      clock: sum.clock + whole.clock,
      cpu: sum.cpu + whole.cpu,
    });
    console.log(
      `${recording.from.padEnd(11)} ${scene.camera.padEnd(10)} ${scene.light.kind.padEnd(6)} ${scene.frameRate} fps: ` +
        `fixed picture ${drawn.cpu.toFixed(2)} s, ${((1000 * (filmed.cpu - drawn.cpu)) / count).toFixed(2)} ms a frame, ` +
        `with encoding ${((1000 * whole.cpu) / count).toFixed(2)} ms of processor time; ` +
        `${(scene.seconds / whole.clock).toFixed(1)} times real time`,
    );
  }
  const cores = Math.min(2, availableParallelism());
  for (const [name, { seconds, clock, cpu }] of sums) {
    console.log(
      `${name}: one recording at a time ${(seconds / clock).toFixed(1)} times real time; ` +
        `by processor time, ${cores} at a time on ${cores} cores ${((cores * seconds) / cpu).toFixed(1)} times`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
