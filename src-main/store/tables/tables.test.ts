/** The tables over a real database: what each promises, replayed, repeated and refused. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../../contract/flag.ts';
import type { JobProgress } from '../../contract/job.ts';
import { openStore, type Store } from '../open-store.ts';
import type { NewRecording } from './recordings.ts';
import { canonicalJson, flagId, scanId, type ScanIdentity } from './scan-id.ts';
import type { NewFlag } from './scans.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-tables-'));
  store = openStore(folder.path);
  store.cameras.ensure('gate');
});
afterEach(() => {
  store.close();
  folder.remove();
});

const id = (digit: string) => digit.repeat(64);
const video = {
  seconds: 60,
  width: 640,
  height: 360,
  rotation: 0,
  frameRate: 25,
  codec: 'h264',
  container: 'mp4',
} as const;

function recording(over: Partial<NewRecording> = {}): NewRecording {
  const clock = { utcMs: 1000, source: 'file-name', text: 't', local: '2024-01-02T03:04:05.000' } as const;
  return { id: id('a'), camera: 'gate', bytes: 10, clock, video, addedAtMs: 5, ...over };
}
const file = (name: string) => ({ path: name, bytes: 10, mtimeMs: 20 });
const identity = (over: Partial<ScanIdentity> = {}): ScanIdentity => ({
  recording: id('a'),
  policy: 'rules',
  policyVersion: '1',
  budget: 12,
  models: 'm',
  settings: { seed: 1 },
  ...over,
});
const flag = (start: number, over: Partial<NewFlag> = {}): NewFlag => ({
  start,
  end: start + 5,
  class: 'fight',
  score: 0.5,
  explanation: 'Two persons.',
  claims: [],
  trajectory: id('f'),
  ...over,
});
const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  decision: 'confirm',
  class: null,
  start: null,
  end: null,
  note: '',
  decidedAtMs: 1,
  ...over,
});
const finishedScan = (flags: NewFlag[], over: Partial<ScanIdentity> = {}, atMs = 1) => {
  const scan = store.scans.start(identity(over), atMs, { again: true });
  return { scan: scan.id, flags: store.scans.finish(scan.id, { flags, summary: { frames: 3 }, atMs }) };
};

describe('recordings', () => {
  it('come back as the contract has them, with the camera’s correction', () => {
    expect(store.recordings.add(recording(), file('/a.mp4'))).toBe('added');
    store.cameras.setClock('gate', { clockOffsetMs: 500, timeZone: null });
    store.cameras.rename('gate', 'North gate');
    expect(store.recordings.get(id('a'))).toEqual({
      id: id('a'),
      path: '/a.mp4',
      camera: 'North gate',
      bytes: 10,
      status: 'ready',
      reason: null,
      video,
      clock: { utcMs: 1500, source: 'file-name', text: 't' },
    });
    expect(store.recordings.list({ camera: 'gate' })).toEqual(store.recordings.list());
  });

  it('are entered once and known by every path, the newest first', () => {
    store.recordings.add(recording(), file('/a.mp4'));
    expect(store.recordings.add(recording({ addedAtMs: 6 }), file('/b.mp4'))).toBe('known');
    expect(store.recordings.list()).toHaveLength(1);
    expect(store.recordings.pathsOf(id('a')).map((known) => known.path)).toEqual(['/b.mp4', '/a.mp4']);
    store.recordings.touch(['/a.mp4'], 9);
    expect(store.recordings.get(id('a'))?.path).toBe('/a.mp4');
  });

  it('stay without a file and say where it was', () => {
    store.recordings.add(recording(), file('/a.mp4'));
    store.recordings.add(recording({ id: id('b'), addedAtMs: 6 }), file('/a.mp4'));
    expect(store.recordings.get(id('a'))).toMatchObject({ path: '/a.mp4', status: 'unreadable' });
    expect(store.recordings.get(id('a'))?.reason).toContain('/a.mp4');
    expect(store.recordings.get(id('b'))).toMatchObject({ path: '/a.mp4', status: 'ready' });
  });

  it('are found below a folder and not beside it', () => {
    const paths = ['/x/a', '/x/a.mp4', '/x/a/1', '/x/a/\u{10ffff}', '/x/aa/1', '/x/A/1'];
    paths.forEach((each, index) => store.recordings.add(recording({ addedAtMs: index }), file(each)));
    expect(store.recordings.pathsUnder('/x/a', '/').map((known) => known.path)).toEqual([
      '/x/a',
      '/x/a/1',
      '/x/a/\u{10ffff}',
    ]);
    expect(store.recordings.pathsUnder('/x/a', '/', 2).map((known) => known.path)).toEqual(['/x/a']);
    expect(store.recordings.pathsUnder('/', '/')).toHaveLength(paths.length);
  });

  it('show a quarantined task and an unreadable content', () => {
    store.recordings.add(recording(), file('/a.mp4'));
    const failure = { recording: id('a'), task: 'triage', reason: 'It crashed.', failedAtMs: 1 };
    expect(store.recordings.get(id('a'))?.status).toBe('ready');
    store.quarantine.fail(failure);
    expect(store.recordings.get(id('a'))).toMatchObject({ status: 'quarantined', reason: 'It crashed.' });
    expect(store.quarantine.find(id('a'), 'triage')).toMatchObject({ attempts: 1 });
    store.quarantine.release(id('a'));
    store.recordings.setUnreadable(id('a'), 'It ends early.');
    expect(store.recordings.get(id('a'))).toMatchObject({ status: 'unreadable', reason: 'It ends early.' });
  });
});

describe('scans', () => {
  beforeEach(() => store.recordings.add(recording(), file('/a.mp4')));

  it('have the identity of what they depend on', () => {
    expect(scanId(identity())).toBe(scanId(identity({ settings: { seed: 1 } })));
    const others = [
      { recording: id('b') },
      { policy: 'dense' },
      { policyVersion: '2' },
      { budget: 13 },
      { models: '' },
    ];
    const ids = [{}, ...others, { settings: { seed: 2 } }].map((over) => scanId(identity(over)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(flagId('s', flag(1))).not.toBe(flagId('s', flag(1, { class: 'fall' })));
  });

  it('write JSON that does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string())), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
        expect(JSON.parse(canonicalJson(object))).toEqual(object);
      }),
      { seed: 20260106, numRuns: 50 },
    );
  });

  it('go on where they stopped', () => {
    const { id: scan } = store.scans.start(identity(), 1);
    const episodes = [
      { start: 0, end: 100.5 },
      { start: 100.5, end: 200 },
    ];
    store.scans.planEpisodes(scan, episodes);
    store.scans.finishEpisode(scan, 0, { result: { flags: [] }, trajectory: id('e') });
    store.scans.planEpisodes(scan, episodes);
    expect(store.scans.start(identity(), 2)).toMatchObject({ id: scan, state: 'running', startedAtMs: 1 });
    expect(store.scans.unfinishedEpisodes(scan)).toEqual([{ start: 100.5, end: 200 }]);
    expect(store.scans.episodes(scan)[0]).toEqual({
      start: 0,
      end: 100.5,
      state: 'done',
      result: { flags: [] },
      trajectory: id('e'),
    });
    expect(() => store.scans.finishEpisode(scan, 7, { result: null, trajectory: id('e') })).toThrow(RangeError);
    store.scans.fail(scan, 'The worker crashed.', 3);
    expect(store.scans.get(scan)).toMatchObject({ state: 'failed', reason: 'The worker crashed.' });
    store.scans.start(identity(), 4);
    expect(store.scans.list({ state: 'running' }).map((each) => each.id)).toEqual([scan]);
    expect(store.scans.unfinishedEpisodes(scan)).toEqual([{ start: 100.5, end: 200 }]);
  });

  it('finish once, however often they are told to', () => {
    const { id: scan } = store.scans.start(identity(), 1);
    const outcome = { flags: [flag(0), flag(10)], summary: { frames: 3 }, atMs: 2 };
    const ids = store.scans.finish(scan, outcome);
    const before = store.flags.list();
    expect(store.scans.finish(scan, { ...outcome, atMs: 9 })).toEqual(ids);
    expect(store.flags.list()).toEqual(before);
    expect(before.map((each) => each.id)).toEqual(ids);
    expect(store.scans.get(scan)).toMatchObject({ state: 'done', summary: { frames: 3 }, finishedAtMs: 2 });
    expect(store.scans.start(identity(), 10)).toMatchObject({ state: 'done' });
  });

  it('store nothing of an outcome with a flag that cannot be', () => {
    const { id: scan } = store.scans.start(identity(), 1);
    const outcome = { flags: [flag(0), flag(10, { score: 2 })], summary: null, atMs: 2 };
    expect(() => store.scans.finish(scan, outcome)).toThrow('CHECK');
    expect(store.flags.list({ superseded: true })).toEqual([]);
    expect(store.scans.get(scan)?.state).toBe('running');
  });

  it('take the place of the policy’s earlier ones, and never of a flag with a verdict', () => {
    const first = finishedScan([flag(0), flag(10)]);
    store.verdicts.add(first.flags[1] ?? '', verdict());
    const other = finishedScan([flag(3)], { policy: 'dense' });
    const second = finishedScan([flag(20)], { budget: 24 });
    const listed = () => store.flags.list().map((each) => each.id);
    expect(listed()).toEqual([other.flags[0], first.flags[1], second.flags[0]]);
    expect(store.flags.list({ superseded: true })).toHaveLength(4);
    store.scans.reinstate(first.scan, 9);
    expect(listed()).toEqual([first.flags[0], other.flags[0], first.flags[1]]);
  });

  it('done again keep the flags that they find again, and their verdicts', () => {
    const first = finishedScan([flag(0), flag(10), flag(20)]);
    store.verdicts.add(first.flags[2] ?? '', verdict({ decision: 'reject' }));
    const second = finishedScan([flag(10, { explanation: 'Three persons.' })]);
    expect(second.scan).toBe(first.scan);
    const listed = store.flags.list({ scan: first.scan });
    expect(listed.map((each) => [each.id, each.explanation, each.verdict?.decision ?? null])).toEqual([
      [first.flags[1], 'Three persons.', null],
      [first.flags[2], 'Two persons.', 'reject'],
    ]);
    store.scans.reinstate(first.scan, 9);
    expect(store.flags.list()).toEqual(listed);
  });
});

describe('flags and verdicts', () => {
  let ids: string[];
  beforeEach(() => {
    store.recordings.add(recording(), file('/a.mp4'));
    ids = finishedScan([flag(0), flag(10)]).flags;
  });

  it('come back as the contract has them', () => {
    const [one = ''] = ids;
    store.verdicts.add(one, verdict({ class: 'fall', start: 1, end: 2, note: 'slipped' }));
    expect(store.flags.get(one)).toEqual({
      ...flag(0),
      id: one,
      recording: id('a'),
      path: '/a.mp4',
      camera: 'gate',
      policy: 'rules',
      policyVersion: '1',
      verdict: verdict({ class: 'fall', start: 1, end: 2, note: 'slipped' }),
    });
  });

  it('are found by the beginning of their id', () => {
    const [one = ''] = ids;
    expect(store.flags.startingWith(one.slice(0, 12)).map((each) => each.id)).toEqual([one]);
    expect(store.flags.startingWith(one)).toHaveLength(1);
    expect(store.flags.startingWith('')).toHaveLength(2);
    expect(store.flags.startingWith('zz')).toEqual([]);
  });

  it('are filtered by decision', () => {
    const [one = '', two = ''] = ids;
    store.verdicts.add(one, verdict());
    expect(store.flags.list({ decided: true }).map((each) => each.id)).toEqual([one]);
    expect(store.flags.list({ decided: false }).map((each) => each.id)).toEqual([two]);
    expect(store.flags.list({ recording: id('b') })).toEqual([]);
    expect(store.flags.list({ recording: id('a'), policy: 'rules' })).toHaveLength(2);
  });

  it('follow a stack: every undo brings back what held before', () => {
    const action = fc.constantFrom('confirm', 'reject', 'unsure', 'undo');
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), fc.nat(1), (actions, which) => {
        const target = ids[which] ?? '';
        const stack: string[] = [];
        while (store.verdicts.undo(target, 0));
        const before = store.verdicts.history(target).length;
        actions.forEach((each, index) => {
          const undone = each === 'undo' && store.verdicts.undo(target, index);
          expect(undone).toBe(each === 'undo' && stack.pop() !== undefined);
          if (each !== 'undo') {
            stack.push(each);
            store.verdicts.add(target, verdict({ decision: each, decidedAtMs: index }));
          }
          expect(store.verdicts.standing(target)?.decision ?? null).toBe(stack.at(-1) ?? null);
          expect(store.flags.get(target)?.verdict?.decision ?? null).toBe(stack.at(-1) ?? null);
        });
        expect(store.verdicts.history(target).length).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 15, seed: 20260107 },
    );
  });

  it('refuse what there is not and bounds that are reversed', () => {
    expect(() => store.verdicts.add(id('9'), verdict())).toThrow(expect.objectContaining({ code: 'not-found' }));
    const reversed = () => store.verdicts.add(ids[0] ?? '', verdict({ start: 5, end: 4 }));
    expect(reversed).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(store.verdicts.undo(ids[0] ?? '', 1)).toBe(false);
  });
});

it('keeps misses, and takes them back', () => {
  store.recordings.add(recording(), file('/a.mp4'));
  const entry = { recording: id('a'), start: 1, end: 2, class: 'theft', note: 'hand', addedAtMs: 3 };
  const miss = store.misses.add(entry);
  expect(store.misses.list({ recording: id('a') })).toEqual([{ ...entry, id: miss.id }]);
  expect(store.misses.remove(miss.id, 4)).toBe(true);
  expect(store.misses.remove(miss.id, 5)).toBe(false);
  expect(store.misses.list()).toEqual([]);
  expect(() => store.misses.add({ ...entry, end: 1 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  expect(() => store.misses.add({ ...entry, recording: id('b') })).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});

it('keeps jobs with what they still have to do', () => {
  const progress: JobProgress = {
    done: 0,
    total: 2,
    unit: 'files',
    rate: null,
    secondsLeft: null,
    label: '',
    failed: 0,
  };
  store.jobs.create({ id: 'j', kind: 'scan', params: { folders: ['/a'] }, progress, startedAtMs: 1 });
  store.jobs.addItems('j', ['b', 'a', 'c']);
  store.jobs.setState('j', 'running', 2);
  store.jobs.finishItem('j', 'a');
  store.jobs.finishItem('j', 'c', 'It is empty.');
  store.jobs.addItems('j', ['a', 'b', 'c']);
  expect(store.jobs.waitingItems('j')).toEqual(['b']);
  expect(store.jobs.counts('j')).toEqual({ waiting: 1, done: 1, failed: 1 });
  store.jobs.setProgress('j', { ...progress, done: 2 });
  const waiting = [{ id: 'j', state: 'waiting', params: { folders: ['/a'] } }];
  expect(store.jobs.requeueInterrupted()).toMatchObject(waiting);
  expect(store.jobs.requeueInterrupted()).toMatchObject(waiting);
  store.jobs.setState('j', 'failed', 9, 'No.');
  expect(store.jobs.get('j')).toMatchObject({ state: 'failed', endedAtMs: 9, reason: 'No.', progress: { done: 2 } });
  store.jobs.forgetEnded(10);
  expect([store.jobs.list(), store.jobs.waitingItems('j')]).toEqual([[], []]);
});

it('keeps settings, triage and unreadable files', () => {
  store.settings.set('seed', { value: 7 });
  store.settings.set('seed', [1, null]);
  expect([store.settings.get('seed'), store.settings.get('other')]).toEqual([[1, null], undefined]);
  expect(store.settings.all()).toEqual({ seed: [1, null] });
  store.settings.remove('seed');
  expect(store.settings.all()).toEqual({});

  store.recordings.add(recording(), file('/a.mp4'));
  store.triage.put(id('a'), 'v1', id('1'));
  store.triage.put(id('a'), 'v1', id('2'));
  expect([store.triage.get(id('a'), 'v1'), store.triage.get(id('a'), 'v2')]).toEqual([id('2'), undefined]);

  const unreadable = { ...file('/x/b.mp4'), code: 'video-damaged', reason: 'It is empty.', seenAtMs: 5 } as const;
  store.unreadableFiles.put(unreadable);
  expect(store.unreadableFiles.at('/x/b.mp4')).toEqual(unreadable);
  expect(store.unreadableFiles.under('/x', '/', 6)).toEqual([unreadable]);
  expect(store.unreadableFiles.under('/x', '/', 5)).toEqual([]);
  store.unreadableFiles.remove('/x/b.mp4');
  expect(store.unreadableFiles.list()).toEqual([]);
});

it('is closed once, and the next opening finds all of it', () => {
  store.recordings.add(recording(), file('/a.mp4'));
  store.close();
  store.close();
  store = openStore(folder.path);
  expect(store.recordings.list()).toHaveLength(1);
});

describe('normality', () => {
  it('keeps one part a recording and key, and forgets a camera without touching another', () => {
    store.cameras.ensure('yard');
    store.recordings.add(recording(), file('/a.mp4'));
    store.recordings.add(recording({ id: id('b') }), file('/b.mp4'));
    store.recordings.add(recording({ id: id('c'), camera: 'yard' }), file('/c.mp4'));
    expect(store.recordings.cameraOf(id('c'))).toBe('yard');
    store.normality.putPart(id('b'), 'k', 'second', 1);
    store.normality.putPart(id('a'), 'k', 'first', 2);
    store.normality.putPart(id('a'), 'k', 'first again', 3);
    store.normality.putPart(id('a'), 'other models', 'not mixed', 3);
    store.normality.putPart(id('c'), 'k', 'yard', 3);
    expect(store.normality.parts('gate', 'k')).toEqual(['first again', 'second']);
    store.normality.putSnapshot('gate', 'k', { blob: 's1', parts: 1, madeAtMs: 4 });
    store.normality.putSnapshot('gate', 'k', { blob: 's2', parts: 2, madeAtMs: 5 });
    expect(store.normality.snapshot('gate', 'k')).toEqual({ blob: 's2', parts: 2, madeAtMs: 5 });

    expect(store.normality.reset('gate').toSorted()).toEqual(['first again', 'not mixed', 'second']);
    expect(store.normality.parts('gate', 'k')).toEqual([]);
    expect(store.normality.snapshot('gate', 'k')).toBeUndefined();
    expect(store.normality.parts('yard', 'k')).toEqual(['yard']);
  });
});
