/** How fast segments, sheets and pictures for the player are made: as ratios to the length of the footage, in one run. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeVideo, type EncodeOptions, openFootage, openVideo } from '../../src-main/video/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '40' },
    source: { type: 'string', default: join(root, '../shared/data/normal/one-by-one-person-detection.mp4') },
    keep: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const size = { width: 1920, height: 1080, fit: 'stretch' } as const;
const frameRate = 25;
/** Long groups of pictures, as recorders write them: the dear case for who jumps, and for exact small pictures. */
const kinds: readonly [string, Partial<EncodeOptions>][] = [
  ['mpeg4.avi', { codec: 'mpeg4', gop: 250, bitRate: 6_000_000 }],
  ['hevc.mp4', { codec: 'hevc', gop: 50, preset: 'ultrafast', crf: 26 }],
  ['mjpeg.avi', { codec: 'mjpeg' }],
];

/** The source's frames over and over until the time is full. */
async function* repeated() {
  for (let left = Math.round(seconds * frameRate); left > 0;) {
    await using reader = await openVideo(values.source);
    for await (const { rgb } of reader.framesBetween(0, Infinity, size)) {
      if (left-- <= 0) return;
      yield { rgb };
    }
  }
}

async function timed<R>(work: () => Promise<R>): Promise<{ result: R; wall: number; processor: number }> {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { result, wall: (performance.now() - begun) / 1000, processor: (user + system) / 1e6 };
}

const work = await mkdtemp(join(tmpdir(), 'anom-pi-bench-'));
const folder = values.keep ?? work;
await mkdir(folder, { recursive: true });
const processor = cpus()[0]?.model ?? 'unknown processor';
console.log(
  `${processor}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
for (const [name, options] of kinds) {
  const path = join(folder, `1080p25-${seconds}s-${name}`);
  if (!existsSync(path)) {
    console.log(`making ${path}`);
    await encodeVideo(path, repeated(), { ...size, frameRate, ...options });
  }
  await using footage = await openFootage(path, { threads: Math.min(4, availableParallelism()) });
  const index = await timed(() => footage.index());
  const { plan } = index.result;
  if (plan.kind !== 'segments') throw new Error(`${path} would be played as it is`);
  console.log(`${name}: plan in ${(1000 * index.wall).toFixed(0)} ms`);

  let bytes = 0;
  const onward = await timed(async () => {
    for (let number = 0; number < plan.segments; number++) bytes += (await footage.segment(number)).length;
  });
  const times = `${(plan.seconds / onward.wall).toFixed(1)} × real time (goal 4)`;
  const each = `${(onward.processor / plan.seconds).toFixed(2)} s of processor a second`;
  console.log(`  segments in order: ${times}, ${each}, ${((bytes * 8) / plan.seconds / 1e6).toFixed(1)} Mbit/s`);

  const jumps = Array.from({ length: 4 }, (_, jump) => ((jump + 1) * 7) % plan.segments);
  const jumped = await timed(async () => {
    for (const number of jumps) await footage.segment(number);
  });
  console.log(`  a segment after a jump: ${(jumped.wall / jumps.length).toFixed(2)} s`);

  const sheet = await timed(() => footage.sheet(0));
  const shown = Math.min(plan.seconds, plan.sheets.columns * plan.sheets.rows);
  console.log(`  a sheet of ${shown.toFixed(0)} pictures: ${sheet.wall.toFixed(2)} s`);
  const picture = await timed(() => footage.picture(plan.seconds * 0.61, 320));
  console.log(`  a picture: ${picture.wall.toFixed(2)} s`);
}
await rm(work, { recursive: true });
