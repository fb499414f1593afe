/**
 * Bench of the calls that fill the window's lists and its timeline, asked of the core's service on a large archive.
 *
 *     node test/bench/queue.bench.ts [--recordings N] [--flags N] [--keep FOLDER]
 */
import { access, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCore } from '../../src-main/app/core.ts';
import { dataFolderAt } from '../../src-main/app/data-folder.ts';
import { maxReplyLength } from '../../src-main/contract/wire.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { addLongRecording, makeLargeArchive } from '../support/large-archive.ts';

const { values } = parseArgs({
  options: {
    recordings: { type: 'string', default: '10000' },
    flags: { type: 'string', default: '100000' },
    keep: { type: 'string' },
  },
});
const size = { recordings: Number(values.recordings), flags: Number(values.flags), seed: 1 };
const day = 86_400;

const work = await mkdtemp(join(tmpdir(), 'anom-pi-queue-bench-'));
const dataFolder = values.keep ?? join(work, 'data');
const exists = await access(join(dataFolder, 'anom-pi.db')).then(
  () => true,
  () => false,
);
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
if (!exists) {
  const begun = performance.now();
  await makeLargeArchive(dataFolder, size);
  console.log(`archive of ${values.recordings} recordings and ${values.flags} flags made in ${secondsSince(begun)}`);
}
const opened = performance.now();
const core = await createCore({
  ...{ folder: dataFolderAt(dataFolder), version: '', workerEntry: entries.worker, modelFolders: [], now: Date.now },
  shippedPolicies: entries.policies,
  ...{ log: console.log, onShutdown: () => undefined },
});
console.log(`core opened in ${secondsSince(opened)}`);
const { service, store } = core;
const context = { signal: new AbortController().signal };

function secondsSince(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(2)} s`;
}

/**
 * The median of `runs` after one that warms caches up, in ms, and the processor's time, which a busy machine lengthens
 * less; with the characters of the answer on the wire.
 */
async function measure(what: string, call: () => Promise<unknown>, runs = 9): Promise<void> {
  const length = JSON.stringify(await call()).length;
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  const median = times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
  const columns = [
    `${median.toFixed(1).padStart(7)} ms`,
    `${((user + system) / 1000 / runs).toFixed(1).padStart(7)} ms of processor`,
    `${(length / 1e6).toFixed(2).padStart(6)} MB, ${((100 * length) / maxReplyLength).toFixed(1)} % of a reply`,
  ];
  console.log(`${what.padEnd(52)} ${columns.join('  ')}`);
}

const { flags, recordings, archive } = service;
const { ids } = await flags.find({ order: 'score' }, context);
const cameras = ['Camera 1', 'Camera 2'];
const middle = Math.floor(ids.length / 2);
const recordingIds = (await recordings.find({ order: 'camera' }, context)).ids;
await measure('flags.find by score', () => flags.find({ order: 'score' }, context));
await measure('flags.find by score, open ones', () => flags.find({ order: 'score', states: ['open'] }, context));
await measure('flags.find by clock', () => flags.find({ order: 'clock' }, context));
await measure('flags.find by recording', () => flags.find({ order: 'recording' }, context));
await measure('flags.find of two cameras by clock', () => flags.find({ order: 'clock', cameras }, context));
await measure('flags.find of two classes by score', () =>
  flags.find({ order: 'score', classes: ['fall', 'theft'] }, context),
);
await measure('flags.find of a recording', () => flags.find({ order: 'score', recording: recordingIds[7] }, context));
await measure('flags.rows of 100', () => flags.rows({ ids: ids.slice(middle, middle + 100) }, context));
await measure('flags.list, a page in the middle', () =>
  flags.list({ after: ids[middle], limit: 100, order: 'recording' }, context),
);
await measure('recordings.find by camera', () => recordings.find({ order: 'camera' }, context));
await measure('recordings.find by path', () => recordings.find({ order: 'path' }, context));
await measure('recordings.find by open flags', () => recordings.find({ order: 'flags' }, context));
await measure('recordings.rows of 100', () => recordings.rows({ ids: recordingIds.slice(5000, 5100) }, context));
await measure('archive.overview', () => archive.overview({}, context));
await measure('core.info', () => service.core.info({}, context));

const ordinary = recordingIds[0] ?? '';
await measure('recordings.timeline of 30 min', () => recordings.timeline({ recording: ordinary }, context));
for (const looks of [8, 128]) {
  const recording = await addLongRecording(store, day - looks, looks);
  const what = `recordings.timeline of 24 h, ${String(looks)} looks an episode`;
  await measure(what, () => recordings.timeline({ recording }, context), 3);
}

const flag = ids[0] ?? '';
await measure('verdicts.decide and undo', async () => {
  await service.verdicts.decide({ flag, decision: 'confirm' }, context);
  return service.verdicts.undo({ flag }, context);
});
await core[Symbol.asyncDispose]();
await rm(work, { recursive: true });
