/**
 * Bench of the queue's filters, its search and its likeness, as the core answers them on a large archive: the head of a list
 * as the window asks for it first, and the whole of it with the numbers of each state. Nothing is left in memory of the same
 * question asked before.
 *
 *     node test/bench/search.bench.ts [--recordings N] [--flags N] [--keep FOLDER]
 */
import { access, mkdtemp, rm } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLikeness } from '../../src-main/app/likeness.ts';
import { createOverviewCalls } from '../../src-main/app/overview.ts';
import { createSearchCalls } from '../../src-main/app/search.ts';
import type { ParamsGiven } from '../../src-main/contract/calls.ts';
import type { flagsCalls } from '../../src-main/contract/calls/review.ts';
import { createEventHub } from '../../src-main/contract/event-hub.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import { flagVectorLayout, flagVectorLength } from '../../src-main/review/index.ts';
import { openStore } from '../../src-main/store/index.ts';
import { makeLargeArchive } from '../support/large-archive.ts';

const { values } = parseArgs({
  options: {
    recordings: { type: 'string', default: '10000' },
    flags: { type: 'string', default: '100000' },
    keep: { type: 'string' },
  },
});
const size = { recordings: Number(values.recordings), flags: Number(values.flags), seed: 1 };
const runs = 9;
/** As the window asks for the head of a list. */
const head = 200;

const work = await mkdtemp(join(tmpdir(), 'anom-pi-search-bench-'));
const dataFolder = values.keep ?? join(work, 'data');
const exists = await access(join(dataFolder, 'anom-pi.db')).then(
  () => true,
  () => false,
);
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
if (!exists) await timed('archive made', () => makeLargeArchive(dataFolder, size));
const store = openStore(dataFolder);
const likeness = createLikeness(store, Date.now, console.log);
const { flags } = createSearchCalls({
  ...{ store, likeness, events: createEventHub(), now: Date.now },
  flagNamed: (id) => id,
});
const overview = createOverviewCalls(store);
await timed('notes, tags and vectors', async () => writeDetails());
const context = { signal: new AbortController().signal };

/** Of every tenth flag that has a verdict a note, of every twentieth flag a tag, of each a vector. */
function writeDetails(): void {
  const random = randomFrom('search bench');
  const ids = store.flagQueue.find({ order: 'recording' });
  if (store.flagQueue.find({ order: 'recording', tags: ['night shift', 'delivery'], limit: 1 }).length > 0) return;
  const notes = ['a man with a red coat', 'the delivery at the back door', 'seen twice', '看起来像打架'];
  for (let first = 0; first < ids.length; first += 5000) {
    store.transaction(() => {
      ids.slice(first, first + 5000).forEach((id, index) => {
        if (index % 50 === 0) {
          const given = { class: null, start: null, end: null, note: random.pick(notes), decidedAtMs: 1 };
          store.verdicts.add(id, { decision: 'unsure', ...given });
        }
        if (index % 20 === 0) store.tags.set(id, [random.pick(['night shift', 'delivery'])]);
        const vector = Uint8Array.from({ length: flagVectorLength }, () => Math.floor(random.between(0, 128)));
        store.flagVectors.put(store.flagQueue.numberOf(id) ?? 0, flagVectorLayout, vector);
      });
    });
  }
}

async function timed(what: string, call: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await call();
  console.log(`${what} in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

/** How long it takes in ms, and the processor's time, which a busy machine lengthens less. */
async function timeOf(call: () => Promise<unknown>): Promise<{ readonly wall: number; readonly processor: number }> {
  const before = process.cpuUsage();
  const begun = performance.now();
  await call();
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

const column = ({ wall, processor }: Awaited<ReturnType<typeof timeOf>>) =>
  `${wall.toFixed(1).padStart(7)} ms, ${processor.toFixed(1).padStart(6)} of processor`;

const measureOnce = async (call: () => Promise<unknown>) => column(await timeOf(call));

/** Medians of `runs` after one that warms caches up. */
async function measure(call: () => Promise<unknown>): Promise<string> {
  await call();
  const times: Awaited<ReturnType<typeof timeOf>>[] = [];
  for (let run = 0; run < runs; run++) {
    await forget();
    times.push(await timeOf(call));
  }
  const median = (of: 'wall' | 'processor') =>
    times.map((each) => each[of]).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
  return column({ wall: median('wall'), processor: median('processor') });
}

/** What was found for the latest words is kept: others push it out. */
async function forget(): Promise<void> {
  for (const text of ['nowhere', 'no']) await flags.head({ order: 'score', text, limit: 1 }, context);
}

type Wanted = Omit<ParamsGiven<typeof flagsCalls.find>, 'limit'>;
async function list(what: string, { order = 'score', ...others }: Wanted): Promise<void> {
  const wanted = { order, ...others };
  const { ids } = await flags.find(wanted, context);
  const columns = [
    `head ${await measure(() => flags.head({ ...wanted, limit: head }, context))}`,
    `whole ${await measure(() => flags.find(wanted, context))}`,
  ];
  console.log(`${what.padEnd(44)} ${String(ids.length).padStart(7)} flags  ${columns.join('   ')}`);
}

const day = Date.UTC(2026, 0, 7);
await list('open flags', { states: ['open'] });
await list('all by clock', { order: 'clock' });
await list('open flags by clock', { order: 'clock', states: ['open'] });
await list('two cameras by clock', { order: 'clock', cameras: ['Camera 1', 'Camera 2'] });
await list('two cameras', { cameras: ['Camera 1', 'Camera 2'] });
await list('two classes', { classes: ['fall', 'theft'] });
await list('a day', { from: day, until: day + 86_400_000 });
await list('scores from 0.6 to 0.7', { minScore: 0.6, maxScore: 0.7 });
await list('a version', { versions: ['rules/1'], states: ['confirm'] });
await list('a tag', { tags: ['night shift'] });
await list('with a note', { noted: true });
await list('everything at once', {
  ...{ states: ['open'], cameras: ['Camera 1', 'Camera 2'], classes: ['fall', 'theft'], minScore: 0.4, maxScore: 0.95 },
  ...{ from: day, until: day + 7 * 86_400_000, versions: ['rules/1'], noted: false },
});
await list('search: fight', { text: 'fight' });
await list('search: clearly fight lower', { text: 'clearly fight lower' });
await list('search: person (in every explanation)', { text: 'person' });
await list('search: red coat (in notes)', { text: 'red coat' });
await list('search: zzzz (nowhere)', { text: 'zzzz' });
await list('search: 打架 (too short for the index)', { text: '打架' });
await list('search: robbery (names a class)', { text: 'robbery' });
await list('search: fight by clock', { text: 'fight', order: 'clock' });
await list('search: fight, open ones of a camera', { text: 'fight', states: ['open'], cameras: ['Camera 3'] });

const [first = ''] = (await flags.find({ order: 'score', limit: 1 }, context)).ids;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const alike = () => flags.find({ similarTo: first, order: 'score' }, context);
console.log(`flags like one, for the first time${' '.repeat(26)} ${await measureOnce(alike)}`);
console.log(`flags like one, again${' '.repeat(39)} ${await measure(alike)}`);
delay.disable();
console.log(`  longest turn of the core meanwhile: ${(delay.max / 1e6).toFixed(1)} ms`);
const timeZone = 'Europe/Berlin';
const [from, until] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1)];
console.log(
  `calendar of a month${' '.repeat(41)} ${await measure(() => overview.days({ from, until, timeZone }, context))}`,
);
console.log(
  `recap of a day${' '.repeat(46)} ${await measure(() => overview.recap({ from: day, until: day + 86_400_000 }, context))}`,
);
for (const count of [100, 1000, 5000]) {
  const { ids } = await flags.find({ order: 'score', states: ['open'], limit: count }, context);
  const begun = performance.now();
  const { decidedAtMs } = await flags.decideAll({ flags: ids, decision: 'reject' }, context);
  const decided = performance.now() - begun;
  await flags.undoAll({ flags: ids, decidedAtMs }, context);
  console.log(
    `${String(count)} verdicts at once`.padEnd(60) +
      ` ${decided.toFixed(0).padStart(7)} ms, taken back in ${(performance.now() - begun - decided).toFixed(0)} ms`,
  );
}
await likeness.close();
store.close();
await rm(work, { recursive: true });
