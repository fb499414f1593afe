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
import { randomFrom } from '../../src-main/math/random.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { findModels } from '../../src-main/inference/index.ts';
import { analysisSize, observeFrames, openPerceptionNets, triage } from '../../src-main/perception/index.ts';
import { encodeVideo, type FrameImage, openVideo } from '../../src-main/video/index.ts';
import { createWorkspace, until } from '../support/cli.ts';
import { repeatVideo } from '../support/repeat-video.ts';
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
/** Encoded once; the recording is as many copies of it as fit. */
const pieceSeconds = Math.min(240, minutes * 60);

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

/** Where the time goes: each stage by itself, in this process, one thread, on looks spread over the recording. */
async function printShares(path: string): Promise<void> {
  const looks = 60;
  await using reader = await openVideo(path, { threads: 1 });
  const models = await findModels([entries.models]);
  await using nets = await openPerceptionNets(models, {
    provider: 'cpu',
    threads: 1,
    threadEntry: entries.netThread,
  });
  const timed = async (what: string, frames: number, stage: () => Promise<unknown>) => {
    const begun = performance.now();
    await stage();
    const ms = performance.now() - begun;
    console.log(`${what}: ${frames > 0 ? `${(ms / frames).toFixed(1)} ms per frame` : `${(ms / 1000).toFixed(2)} s`}`);
  };
  const { info } = reader;
  const random = randomFrom('looks');
  const times = Array.from({ length: looks }, () => random.between(0, info.seconds)).toSorted((a, b) => a - b);
  const images: FrameImage[] = [];
  const size = analysisSize(info);
  await timed('triage (packets and a keyframe every 8 s)', 0, () => triage(reader));
  await timed('reach, decode and scale an exact frame', looks, async () => {
    for await (const image of reader.framesAt(times, size)) images.push(image);
  });
  await timed(`nets (${nets.level}), one after the other`, images.length, async () => {
    for (const image of images) await nets.detect(image);
  });
  await timed('all of a look: both frames, motion, nets', looks, () =>
    observeFrames({ reader, nets, cache: new Map(), times }),
  );
}

const work = await mkdtemp(join(tmpdir(), 'anom-pi-bench-'));
const folder = values.keep ?? join(work, 'footage');
await mkdir(folder, { recursive: true });
const video = join(folder, `1080p25-${minutes}min.mp4`);
if (!(await exists(video))) {
  console.log(`making ${video} from ${values.source}`);
  const { width, height } = size;
  const piece = join(work, 'piece.mp4');
  await encodeVideo(piece, repeated(pieceSeconds), {
    ...{ width, height, frameRate, codec: 'h264', gop: 50, bitRate: 4_000_000, preset: 'ultrafast' },
  });
  await repeatVideo(piece, video, Math.max(1, Math.round((minutes * 60) / pieceSeconds)));
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
await printShares(video);
const again = performance.now();
await workspace.cli(['scan', folder, '--json']);
console.log(
  `second scan: ${((performance.now() - again) / 1000).toFixed(2)} s = 1/${(wall / ((performance.now() - again) / 1000)).toFixed(0)} of the first`,
);
await rm(work, { recursive: true });
