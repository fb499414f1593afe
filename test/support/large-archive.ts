/** A data folder of any size without footage: recordings over cameras, finished scans, flags, verdicts, all from a seed. */
import { statSync } from 'node:fs';
import type { Claim } from '../../src-main/contract/claim.ts';
import type { Recording } from '../../src-main/contract/recording.ts';
import { defaultClassIds, normalClass } from '../../src-main/contract/taxonomy.ts';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import { hash32, type Random, randomFrom } from '../../src-main/math/random.ts';
import { triageKey } from '../../src-main/app/seen-before.ts';
import { writeTriage } from '../../src-main/perception/index.ts';
import { type NewFlag, openStore, type Store } from '../../src-main/store/index.ts';
import { syntheticTrajectory } from './synthetic-trajectory.ts';

export interface LargeArchiveSize {
  readonly recordings: number;
  readonly flags: number;
  readonly cameras?: number;
  readonly seed?: number;
  /** Share of the flags that have a verdict. */
  readonly decided?: number;
}

const minute = 60;
const seconds = 30 * minute;
/** Where in every recording the inquiry looked: trajectories are shared, as their times are the same. */
const episodes = [0, 1, 2, 3].map((index) => ({ start: 400 * index, end: 400 * index + 128 }));
const classes = defaultClassIds.filter((name) => name !== normalClass);
/** Local midnight of the archive's first day. */
const firstDayMs = Date.UTC(2026, 0, 5);
/** One transaction for so many recordings: a single one for all would hold the whole write-ahead log. */
const batch = 500;

/** Fills the new data folder `dataFolder`. The same arguments make the same rows; there are no files behind the paths. */
export async function makeLargeArchive(dataFolder: string, size: LargeArchiveSize): Promise<void> {
  using store = openStore(dataFolder);
  const random = randomFrom(`large archive ${size.seed ?? 1}`);
  const [trajectories, triage] = [await putTrajectories(store), await putTriage(store, seconds)];
  const cameras = Array.from({ length: size.cameras ?? 24 }, (_, index) => `Camera ${String(index + 1)}`);
  for (let first = 0; first < size.recordings; first += batch) {
    store.transaction(() => {
      for (let index = first; index < Math.min(first + batch, size.recordings); index++) {
        const flags = shareOf(index, size.recordings, size.flags);
        const recording = addRecording(store, index, cameras, random);
        store.triage.put(recording, triageKey, triage);
        addScan(store, recording, trajectories, flagsOf(flags, trajectories, random), size.decided ?? 0.2, random);
      }
    });
  }
}

const videoOf = (length: number): NonNullable<Recording['video']> => ({
  ...{ seconds: length, width: 1920, height: 1080, rotation: 0 as const },
  ...{ frameRate: 25, codec: 'h264', container: 'mp4' },
});

const identityOf = (recording: string) => ({
  ...{ recording, policy: 'rules', policyVersion: '1', budget: 24, models: '', settings: { seed: 1 } },
});

/** Spreads `total` evenly over `count` places. */
const shareOf = (index: number, count: number, total: number) =>
  Math.floor(((index + 1) * total) / count) - Math.floor((index * total) / count);

function addRecording(store: Store, index: number, cameras: readonly string[], random: Random): string {
  const camera = store.cameras.ensure(cameras[index % cameras.length] ?? 'Camera').id;
  const startMs = firstDayMs + Math.floor(index / cameras.length) * seconds * 1000;
  const text = new Date(startMs).toISOString().slice(0, 19);
  const path = `/archive/${camera}/${text.slice(0, 10)}/${text.slice(11).replaceAll(':', '-')}.mp4`;
  const id = contentId(`recording ${path}`);
  const bytes = 300_000_000 + Math.floor(random.between(0, 200_000_000));
  // Every fiftieth camera file has no clock, as exports without a name have none.
  const hasClock = index % 50 !== 49;
  const clock = hasClock
    ? ({ source: 'file-name', text, local: `${text}.000`, utcMs: startMs } as const)
    : ({ source: 'none', text: '', local: null, utcMs: null } as const);
  const video = videoOf(seconds);
  const file = { path, bytes, mtimeMs: startMs + seconds * 1000 };
  store.recordings.add({ id, camera, bytes, clock, video, addedAtMs: firstDayMs + index }, file);
  return id;
}

function addScan(
  store: Store,
  recording: string,
  trajectories: readonly string[],
  flags: readonly NewFlag[],
  decided: number,
  random: Random,
): void {
  const identity = identityOf(recording);
  const atMs = firstDayMs + 1_000_000;
  const scan = store.scans.start(identity, atMs).id;
  store.scans.planEpisodes(scan, episodes);
  for (const [index, { start }] of episodes.entries()) {
    store.scans.finishEpisode(scan, start, { result: { flags: [] }, trajectory: trajectories[index] ?? '' });
  }
  const ids = store.scans.finish(scan, { flags, summary: { framesDecoded: 200, provider: 'cpu' }, atMs });
  for (const id of ids) {
    if (random.between(0, 1) >= decided) continue;
    const decision = random.pick(['confirm', 'confirm', 'reject', 'reject', 'unsure'] as const);
    const corrected = decision === 'confirm' && random.between(0, 1) < 0.2 ? random.pick(classes) : null;
    const decidedAtMs = atMs + Math.floor(random.between(0, 1e9));
    store.verdicts.add(id, { decision, class: corrected, start: null, end: null, note: '', decidedAtMs });
    // Some were decided twice and taken back once.
    if (random.between(0, 1) < 0.05) store.verdicts.undo(id, decidedAtMs + 1);
  }
}

/** `count` flags that do not overlap, within the episodes. */
function flagsOf(count: number, trajectories: readonly string[], random: Random): NewFlag[] {
  return Array.from({ length: count }, (_, index) => {
    const at = index % episodes.length;
    const slots = Math.ceil(count / episodes.length);
    const slot = 128 / slots;
    const start = round(
      (episodes[at]?.start ?? 0) + Math.floor(index / episodes.length) * slot + random.between(0, slot / 4),
    );
    const end = round(start + slot * random.between(0.2, 0.7));
    const [named, score] = [random.pick(classes), round(0.3 + 0.69 * random.between(0, 1) ** 2)];
    const claims = claimsOf(named, score, start, end, random);
    const explanation = englishFor.explanation(claims);
    return { start, end, class: named, score, claims, explanation, trajectory: trajectories[at] ?? '' };
  });
}

function claimsOf(named: string, score: number, start: number, end: number, random: Random): Claim[] {
  const middle = round((start + end) / 2);
  const sureness = score > 0.8 ? 'clear' : score > 0.5 ? 'likely' : 'possible';
  const place = { x: round(random.between(0, 0.7)), y: round(random.between(0, 0.7)), width: 0.2, height: 0.3 };
  return [
    { kind: 'what', args: { class: named, probability: score, sureness }, evidence: [start, middle] },
    { kind: 'who', args: { subject: 'person', count: 1 + Math.floor(random.between(0, 4)) }, evidence: [middle] },
    {
      kind: 'when',
      args: { start, end, openStart: false, openEnd: random.between(0, 1) < 0.1 },
      evidence: [start, end],
    },
    { kind: 'where', args: { place }, evidence: [middle] },
    { kind: 'found-by', args: { reason: 'activity-peak', framesPerSecond: 2 }, evidence: [middle] },
  ];
}

/** One trajectory for each episode. */
async function putTrajectories(store: Store): Promise<string[]> {
  return Promise.all(
    episodes.map((episode, index) => putTrajectory(store, syntheticTrajectory(episode, { seed: index }))),
  );
}

const putTrajectory = (store: Store, trajectory: Trajectory) =>
  store.blobs.put(new TextEncoder().encode(JSON.stringify(trajectory)));

function putTriage(store: Store, length: number): Promise<string> {
  const activity = Float32Array.from({ length }, (_, at) => 0.5 + 0.45 * Math.sin(at / 37) * Math.cos(at / 211));
  const curve = { secondsPerBin: 1, activity } as const;
  return store.blobs.put(
    writeTriage({ seconds: length, activity: curve, frameTimes: new Float64Array(0), framesDecoded: 0 }),
  );
}

/** Which camera made a recording, and when by the wall clock. */
export interface FootagePlace {
  readonly camera: string;
  readonly utcMs: number | null;
}

/**
 * Adds a recording for each of `files`, whose videos last at least `length` seconds, and `flags` open flags spread over them
 * in turn, each above all others in score: a queue by score begins with them. All are of one camera without a clock unless
 * `places` says otherwise.
 */
export async function addFootage(
  store: Store,
  files: readonly string[],
  length: number,
  flags: number,
  places: readonly FootagePlace[] = [],
): Promise<void> {
  const random = randomFrom('footage');
  const whole = { start: 0, end: length };
  const trajectory = await putTrajectory(store, syntheticTrajectory(whole));
  const triage = await putTriage(store, length);
  for (const [place, path] of files.entries()) {
    const { size: bytes, mtimeMs } = statSync(path);
    const id = contentId(`footage ${String(place)}`);
    const { camera: name, utcMs } = places[place] ?? { camera: 'Footage', utcMs: null };
    const camera = store.cameras.ensure(name).id;
    const source = utcMs === null ? 'none' : 'container';
    const clock = { source, text: '', local: null, utcMs } as const;
    const file = { path, bytes, mtimeMs: Math.trunc(mtimeMs) };
    store.recordings.add({ id, camera, bytes, clock, video: videoOf(length), addedAtMs: firstDayMs }, file);
    store.triage.put(id, triageKey, triage);
    const count = shareOf(place, files.length, flags);
    const slot = length / count;
    const found = Array.from({ length: count }, (_, index): NewFlag => {
      const start = round(index * slot + random.between(0, slot / 4));
      const [end, named] = [round(start + slot / 2), random.pick(classes)];
      const score = 1 - (index * files.length + place) / 1e6;
      const claims = claimsOf(named, score, start, end, random);
      return { start, end, class: named, score, claims, explanation: englishFor.explanation(claims), trajectory };
    });
    const scan = store.scans.start(identityOf(id), firstDayMs).id;
    store.scans.planEpisodes(scan, [whole]);
    store.scans.finishEpisode(scan, 0, { result: { flags: [] }, trajectory });
    store.scans.finish(scan, { flags: found, summary: { framesDecoded: 0, provider: '' }, atMs: firstDayMs });
  }
}

/**
 * Adds a recording of `length` seconds, looked through from end to end: an episode with a trajectory of its own for every
 * 128 s, of `looks` looks each. Returns its id.
 */
export async function addLongRecording(store: Store, length: number, looks = 8): Promise<string> {
  const camera = store.cameras.ensure('Long').id;
  const id = contentId(`recording of ${String(length)} s`);
  const clock = { source: 'none', text: '', local: null, utcMs: null } as const;
  const file = { path: `/archive/Long/${String(length)}.mp4`, bytes: 1, mtimeMs: 0 };
  const video = videoOf(length);
  store.recordings.add({ id, camera, bytes: 1, clock, video, addedAtMs: firstDayMs }, file);
  store.triage.put(id, triageKey, await putTriage(store, length));
  const scan = store.scans.start(identityOf(id), firstDayMs).id;
  const spans = Array.from({ length: Math.ceil(length / 128) }, (_, index) => ({
    start: 128 * index,
    end: Math.min(length, 128 * (index + 1)),
  }));
  store.scans.planEpisodes(scan, spans);
  for (const [index, span] of spans.entries()) {
    const trajectory = await putTrajectory(store, syntheticTrajectory(span, { seed: index, looks }));
    store.scans.finishEpisode(scan, span.start, { result: { flags: [] }, trajectory });
  }
  store.scans.finish(scan, { flags: [], summary: { framesDecoded: 0, provider: '' }, atMs: firstDayMs });
  return id;
}

/** 64 hexadecimal digits that differ for every text. */
const contentId = (text: string) =>
  Array.from({ length: 8 }, (_, part) => hash32(`${part} ${text}`).toString(16).padStart(8, '0')).join('');

const round = (value: number) => Math.round(value * 1000) / 1000;
