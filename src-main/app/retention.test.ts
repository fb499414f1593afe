/** What hangs on a recording decides whether it must be kept, whatever else speaks for letting it go. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { retentionItem, retentionOf } from './retention.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-retention-'));
  store = openStore(folder.path);
  store.cameras.ensure('gate');
});
afterEach(() => {
  store.close();
  folder.remove();
});

const id = (digit: string) => digit.repeat(64);
const at = (name: string) => path.join('/', 'cameras', name);

/** A recording of ten bytes; `flags` are made by a scan of it, none for a recording that was not scanned. */
function add(digit: string, name: string, flags: number | null): string[] {
  const clock = { utcMs: null, source: 'none', text: '', local: null } as const;
  const video = {
    ...{ seconds: 60, width: 4, height: 4, frameRate: 25, codec: 'h264', container: 'mp4' },
    rotation: 0,
  } as const;
  store.recordings.add(
    { id: id(digit), camera: 'gate', bytes: 10, clock, video, addedAtMs: 1 },
    { path: at(name), bytes: 10, mtimeMs: 1 },
  );
  if (flags === null) return [];
  const identity = { recording: id(digit), policy: 'rules', policyVersion: '1', budget: 1, models: '', settings: {} };
  const made = Array.from({ length: flags }, (_, index) => ({
    ...{ start: index, end: index + 1, class: 'fall', score: 0.5, explanation: '', claims: [], trajectory: id('9') },
  }));
  return store.scans.finish(store.scans.start(identity, 1).id, { flags: made, summary: null, atMs: 2 });
}
const decide = (flag: string | undefined, decision: 'confirm' | 'reject' | 'unsure') =>
  store.verdicts.add(flag ?? '', { decision, class: null, start: null, end: null, note: '', decidedAtMs: 3 });

const advice = () =>
  Object.fromEntries(
    store.holdings
      .list()
      .map(retentionItem)
      .map((item) => [path.basename(item.path), [item.advice, item.reason]]),
  );

test('confirmed, missed and exported ones are kept, open ones are undecided, the others may go', () => {
  const [confirmed, alsoOpen] = add('a', 'day/confirmed.mp4', 2);
  decide(confirmed, 'confirm');
  expect(alsoOpen).toBeDefined();
  add('b', 'day/missed.mp4', 0);
  store.misses.add({ recording: id('b'), start: 1, end: 2, class: 'fall', note: '', addedAtMs: 3 });
  const [exported] = add('c', 'day/exported.mp4', 1);
  decide(exported, 'reject');
  store.audit.append({ kind: 'export', subject: exported ?? '', details: {} });
  add('d', 'night/open.mp4', 1);
  decide(add('e', 'night/unsure.mp4', 1)[0], 'unsure');
  add('f', 'night/new.mp4', null);
  decide(add('1', 'night/rejected.mp4', 1)[0], 'reject');
  add('2', 'night/empty.mp4', 0);
  expect(advice()).toEqual({
    'confirmed.mp4': ['keep', 'confirmed'],
    'missed.mp4': ['keep', 'miss'],
    'exported.mp4': ['keep', 'exported'],
    'open.mp4': ['undecided', 'open-flags'],
    'unsure.mp4': ['undecided', 'unsure'],
    'new.mp4': ['undecided', 'not-scanned'],
    'rejected.mp4': ['may-go', 'rejected-only'],
    'empty.mp4': ['may-go', 'nothing-found'],
  });
  const { all, folders } = retentionOf(store.holdings.list().map(retentionItem));
  expect(all).toEqual({
    keep: { recordings: 3, bytes: 30 },
    undecided: { recordings: 3, bytes: 30 },
    'may-go': { recordings: 2, bytes: 20 },
  });
  expect(folders.map((each) => [path.basename(each.path), each.keep.bytes, each['may-go'].bytes])).toEqual([
    ['night', 0, 20],
    ['day', 30, 0],
  ]);
});

test('a verdict or a miss that was taken back counts no more, and a file that is gone is not spoken of', () => {
  const [flag] = add('a', 'a.mp4', 1);
  decide(flag, 'confirm');
  store.verdicts.undo(flag ?? '', 4);
  add('b', 'b.mp4', 0);
  const miss = store.misses.add({ recording: id('b'), start: 1, end: 2, class: 'fall', note: '', addedAtMs: 3 });
  store.misses.remove(miss.id, 4);
  add('c', 'c.mp4', 0);
  store.recordings.forgetPath(at('c.mp4'));
  expect(advice()).toEqual({ 'a.mp4': ['undecided', 'open-flags'], 'b.mp4': ['may-go', 'nothing-found'] });
});
