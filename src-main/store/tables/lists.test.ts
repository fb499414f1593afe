/** What queue and archive lists show: filters, orders and sums, against a plain computation over all rows. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FlagState, flagOrders, flagStates } from '../../contract/calls/review.ts';
import type { Flag } from '../../contract/flag.ts';
import { openStore, type Store } from '../open-store.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
let changes = 0;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-lists-'));
  store = openStore(folder.path);
  changes = 0;
  store.onArchiveChange(() => changes++);
  fill();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const id = (digit: string) => digit.repeat(64);
const cameras = ['north', 'south', 'yard'] as const;
const classes = ['fight', 'fall'] as const;
/** Wall clocks of the six recordings a…f, minutes; the last has none. */
const clocks = [30, 0, 10, 0.1, 20, null];
const recordings = ['a', 'b', 'c', 'd', 'e', 'f'].map(id);

/** Two recordings a camera, four flags each; the last recording was not scanned. */
function fill(): void {
  for (const name of cameras) store.cameras.ensure(name);
  recordings.forEach((recording, index) => {
    const minutes = clocks[index] ?? null;
    const utcMs = minutes === null ? null : minutes * 60_000;
    const clock = { utcMs, source: 'file-name', text: '', local: null } as const;
    const video = {
      seconds: 60 + index,
      width: 4,
      height: 4,
      rotation: 0,
      frameRate: 25,
      codec: 'h264',
      container: 'mp4',
    } as const;
    const camera = cameras[index % cameras.length] ?? '';
    store.recordings.add(
      { id: recording, camera, bytes: 10 + index, clock, video, addedAtMs: index },
      { path: `/${String(9 - index)}.mp4`, bytes: 10 + index, mtimeMs: 1 },
    );
    if (index < 5) scan(recording, index, 12);
  });
}

function scan(recording: string, index: number, budget: number): string[] {
  const identity = { recording, policy: 'rules', policyVersion: '1', budget, models: '', settings: {} };
  const flags = [0, 1, 2, 3].map((at) => ({
    ...{
      start: 7 * at + index,
      end: 7 * at + index + 5,
      class: classes[at % 2] ?? '',
      score: ((at * 5 + index * 3) % 8) / 10,
    },
    ...{ explanation: '', claims: [], trajectory: id('9') },
  }));
  return store.scans.finish(store.scans.start(identity, index).id, { flags, summary: null, atMs: index });
}

const decide = (flag: string, decision: 'confirm' | 'reject' | 'unsure', named: string | null = null) =>
  store.verdicts.add(flag, { decision, class: named, start: null, end: null, note: '', decidedAtMs: 1 });

const stateOf = (flag: Flag): FlagState => flag.verdict?.decision ?? 'open';
const clockOf = (flag: Flag) => {
  const utcMs = store.recordings.get(flag.recording)?.clock.utcMs ?? null;
  return utcMs === null ? Infinity : utcMs + 1000 * flag.start;
};
const byPlace = (a: Flag, b: Flag) =>
  a.recording < b.recording ? -1 : a.recording > b.recording ? 1 : a.start - b.start;
const comparators: Readonly<Record<(typeof flagOrders)[number], (a: Flag, b: Flag) => number>> = {
  score: (a, b) => b.score - a.score || byPlace(a, b),
  clock: (a, b) => (clockOf(a) === clockOf(b) ? 0 : clockOf(a) - clockOf(b)) || byPlace(a, b),
  recording: byPlace,
};

it('shows in every order what every filter lets through', () => {
  const all = store.flags.list();
  decide(all[0]?.id ?? '', 'confirm', 'fall');
  decide(all[5]?.id ?? '', 'reject');
  decide(all[6]?.id ?? '', 'unsure');
  decide(all[7]?.id ?? '', 'confirm');
  scan(recordings[1] ?? '', 1, 24);
  store.cameras.rename('south', 'north');
  const listed = store.flags.list();
  const some = <T>(values: readonly T[]) =>
    fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined });
  const filters = fc.record({
    states: some(flagStates),
    cameras: some(['north', 'yard', 'nowhere']),
    classes: some([...classes, 'theft']),
    recording: fc.option(fc.constantFrom(...recordings), { nil: undefined }),
    order: fc.constantFrom(...flagOrders),
  });
  fc.assert(
    fc.property(filters, ({ states, order, ...filter }) => {
      const shown = listed
        .filter((flag) => filter.cameras?.includes(flag.camera) ?? true)
        .filter((flag) => filter.classes?.some((each) => each === (flag.verdict?.class ?? flag.class)) ?? true)
        .filter((flag) => filter.recording === undefined || flag.recording === filter.recording);
      const wanted = shown.filter((flag) => states?.includes(stateOf(flag)) ?? true).toSorted(comparators[order]);
      expect(store.flagQueue.find({ ...filter, states, order })).toEqual(wanted.map((flag) => flag.id));
      const counts = flagStates.map((state) => [state, shown.filter((flag) => stateOf(flag) === state).length]);
      expect(store.flagQueue.states(filter)).toEqual(Object.fromEntries(counts));
    }),
    { numRuns: 300, seed: 20261122 },
  );
  expect(store.flagQueue.count()).toBe(listed.length);
});

it('gives rows in the order asked for and leaves out what is not there', () => {
  const ids = store.flagQueue.find({ order: 'score' }).slice(0, 3);
  const asked = [...ids.toReversed(), id('0'), ids[0] ?? ''];
  expect(store.flags.rows(asked).map((flag) => flag.id)).toEqual([...ids.toReversed(), ids[0]]);
  expect(store.flags.rows(ids)).toEqual(ids.map((each) => store.flags.get(each)));
  const rows = store.recordingLists.rows([recordings[5] ?? '', id('0'), recordings[0] ?? '']);
  expect(rows).toEqual([
    { ...store.recordings.get(recordings[5] ?? ''), flags: 0, openFlags: 0, scanned: false },
    { ...store.recordings.get(recordings[0] ?? ''), flags: 4, openFlags: 4, scanned: true },
  ]);
});

it('orders recordings by camera and clock, path, open flags and length', () => {
  decide(store.flags.list({ recording: recordings[2] ?? '' })[0]?.id ?? '', 'reject');
  const find = (order: 'camera' | 'path' | 'flags' | 'length', names?: string[]) =>
    store.recordingLists.find({ order, cameras: names }).map((each) => each[0]);
  expect(find('camera')).toEqual(['d', 'a', 'b', 'e', 'c', 'f']);
  expect(find('path')).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  expect(find('flags')).toEqual(['d', 'a', 'b', 'e', 'c', 'f']);
  expect(find('length')).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  expect(find('path', ['north', 'yard'])).toEqual(['f', 'd', 'c', 'a']);
});

it('sums up by the cameras’ names', () => {
  decide(store.flags.list({ recording: recordings[2] ?? '' })[0]?.id ?? '', 'reject');
  store.cameras.setClock('north', { clockOffsetMs: 500, timeZone: null });
  store.cameras.rename('south', 'north');
  expect(store.recordingLists.byCamera()).toEqual([
    {
      camera: 'north',
      ...{ recordings: 4, seconds: 60 + 61 + 63 + 64, bytes: 10 + 11 + 13 + 14, scanned: 4, flags: 16, openFlags: 16 },
      ...{ firstUtcMs: 0, lastUtcMs: 30 * 60_000 + 500 + 60_000 },
    },
    {
      camera: 'yard',
      ...{ recordings: 2, seconds: 62 + 65, bytes: 12 + 15, scanned: 1, flags: 4, openFlags: 3 },
      ...{ firstUtcMs: 600_000, lastUtcMs: 600_000 + 62_000 },
    },
  ]);
  expect(store.recordingLists.count()).toBe(6);
});

it('names the scan that stands: the newest finished one, before that the newest under way', () => {
  const start = (recording: string, policy: string, atMs: number) =>
    store.scans.start({ recording, policy, policyVersion: '1', budget: 1, models: '', settings: {} }, atMs);
  const standing = (recording: string) => store.scans.standing(recording)?.policy;
  const [first = '', , , , , last = ''] = recordings;
  expect(standing(last)).toBeUndefined();
  start(last, 'uniform', 10);
  const dense = start(last, 'dense', 20);
  expect(standing(last)).toBe('dense');
  start(first, 'dense', 20);
  expect(standing(first)).toBe('rules');
  store.scans.fail(dense.id, 'No.', 30);
  expect(standing(last)).toBe('uniform');
});

it('tells of what lists show, and of nothing else', () => {
  changes = 0;
  const [recording = ''] = recordings;
  store.recordings.touch(['/9.mp4'], 50);
  store.recordings.forgetPath('/nowhere');
  store.quarantine.release(recording);
  store.scans.reinstate(store.scans.standing(recording)?.id ?? '', 5);
  expect(changes).toBe(0);
  store.recordings.forgetPath('/9.mp4');
  store.recordings.setUnreadable(recording, 'It ends early.');
  scan(recording, 0, 48);
  store.unreadableFiles.put({
    path: '/x',
    bytes: 0,
    mtimeMs: 0,
    code: 'video-damaged',
    reason: 'It is empty.',
    seenAtMs: 1,
  });
  expect(changes).toBe(4);
});

it('remembers the folders of jobs, the latest first', () => {
  const progress = { done: 0, total: 0, unit: 'files', rate: null, secondsLeft: null, label: '', failed: 0 } as const;
  const jobs = [['/a', '/b'], ['/c'], ['/a'], null] as const;
  jobs.forEach((folders, index) =>
    store.jobs.create({
      ...{ id: String(index), kind: 'import', progress, startedAtMs: index },
      params: folders === null ? { out: '/z' } : { folders },
    }),
  );
  expect(store.jobs.recentFolders(8)).toEqual(['/a', '/c', '/b']);
  expect(store.jobs.recentFolders(2)).toEqual(['/a', '/c']);
});
