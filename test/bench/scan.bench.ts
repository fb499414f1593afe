/**
 * Bench of a scan: an hour (`--minutes N`) of 1080p25 H.264, GOP 50, 4 Mbit/s, made from real footage, under `rules`.
 * Prints speed against real time, peak memory by quarter of the scan, and where the workers' time goes.
 *
 *     npm run bench:scan -- [--minutes N] [--source VIDEO] [--keep FOLDER]
 */
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeVideo, openVideo } from '../../src-main/video/index.ts';
import { createWorkspace, until } from '../support/cli.ts';
import { childrenOf, residentBytes } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    source: { type: 'string', default: join(root, '../shared/data/normal/one-by-one-person-detection.mp4') },
    keep: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const size = { width: 1920, height: 1080, fit: 'stretch' } as const;
const frameRate = 25;

/** The source's frames over and over, at `frameRate`, until `seconds` are full. */
async function* repeated(seconds: number) {
  let left = Math.round(seconds * frameRate);
  while (left > 0) {
    await using reader = await openVideo(values.source);
    for await (const { rgb } of reader.framesBetween(0, Infinity, size)) {
      if (left-- <= 0) return;
      yield { rgb };
    }
  }
}

const exists = async (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'anom-pi-bench-')));
await mkdir(folder, { recursive: true });
const video = join(folder, `1080p25-${minutes}min.mp4`);
if (!(await exists(video))) {
  console.log(`making ${video} from ${values.source}`);
  const { width, height } = size;
  await encodeVideo(video, repeated(minutes * 60), {
    ...{ width, height, frameRate, codec: 'h264', gop: 50, bitRate: 4_000_000, preset: 'ultrafast' },
  });
}

await using workspace = await createWorkspace();
const startedAt = performance.now();
const run = workspace.start(['scan', folder, '--json']);
const samples: { seconds: number; megabytes: number }[] = [];
let finished = false;
void run.result.then(() => (finished = true));
await until(async () => finished || (await workspace.corePid()) !== null);
const core = await workspace.corePid();
while (!finished && core !== null) {
  const bytes = [core, ...childrenOf(core)].reduce((sum, pid) => sum + residentBytes(pid), 0);
  samples.push({ seconds: (performance.now() - startedAt) / 1000, megabytes: bytes / 2 ** 20 });
  await Promise.race([run.result, new Promise((resolve) => setTimeout(resolve, 1_000))]);
}
const { code, lines, stderr } = await run.result;
const wall = (performance.now() - startedAt) / 1000;
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
if (code !== 0) throw new Error(stderr);
console.log(JSON.stringify(lines.at(-1)));
console.log(
  `whole command: ${wall.toFixed(1)} s for ${minutes} min = ${((minutes * 60) / wall).toFixed(1)} × real time (goal 20)`,
);
for (let quarter = 0; quarter < 4; quarter++) {
  const part = samples
    .filter(({ seconds }) => Math.floor((4 * seconds) / wall) === quarter)
    .map(({ megabytes }) => megabytes);
  const sorted = part.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  console.log(
    `memory of core and workers, quarter ${quarter + 1}: median ${median.toFixed(0)} MB, most ${Math.max(...part).toFixed(0)} MB`,
  );
}
const again = performance.now();
await workspace.cli(['scan', folder, '--json']);
console.log(
  `second scan: ${((performance.now() - again) / 1000).toFixed(2)} s = 1/${(wall / ((performance.now() - again) / 1000)).toFixed(0)} of the first`,
);
if (values.keep === undefined) await rm(folder, { recursive: true });
