import { mkdtempDisposableSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contract } from '../contract/calls.ts';
import { parseAs } from '../contract/validate.ts';
import { maxReplyLength } from '../contract/wire.ts';
import { openStore, type Store } from '../store/index.ts';
import { addLongRecording } from '../../test/support/large-archive.ts';
import { syntheticTrajectory } from '../../test/support/synthetic-trajectory.ts';
import { triageKey } from './seen-before.ts';
import { timelineOf } from './timeline.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-timeline-'));
  store = openStore(folder.path);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const seconds = 300;
const timeline = (recording: string) => timelineOf(store, recording, signal);
const checked = (value: unknown) => parseAs(contract.calls.recordings.timeline.result, value, 'timeline');

it('joins triage, scores and looks of the scan that stands', async () => {
  const recording = await addLongRecording(store, seconds);
  const shown = await timeline(recording);
  expect(checked(shown)).toEqual(shown);
  expect(shown).toMatchObject({ seconds, policy: 'rules' });
  expect(shown.activity).toHaveLength(seconds);
  expect(shown.episodes.map(({ start, end, scores }) => [start, end, scores.length])).toEqual([
    [0, 128, 128],
    [128, 256, 128],
    [256, 300, 44],
  ]);
  const trajectories = shown.episodes.map((episode, seed) => syntheticTrajectory(episode, { seed }));
  expect(shown.episodes.map(({ scores }) => scores)).toEqual(trajectories.map(({ scores }) => scores));
  expect(shown.looks.map(({ start, purpose }) => [start, purpose])).toEqual(
    trajectories.flatMap(({ looks }) => looks.map(({ start, purpose }) => [start, purpose])),
  );
});

it('shows what is finished of the first scan, and of the next ones nothing before their end', async () => {
  const recording = await addLongRecording(store, seconds);
  const identity = { recording, policy: 'dense', policyVersion: '1', budget: 1, models: '', settings: {} };
  const { id } = store.scans.start(identity, Date.now());
  store.scans.planEpisodes(id, [{ start: 0, end: 300 }]);
  expect((await timeline(recording)).policy).toBe('rules');
  store.scans.finishEpisode(id, 0, {
    result: {},
    trajectory: (await timeline(recording)).episodes[0]?.trajectory ?? '',
  });
  store.scans.finish(id, { flags: [], summary: null, atMs: Date.now() });
  expect(await timeline(recording)).toMatchObject({ policy: 'dense', episodes: [{ start: 0, end: 300 }] });

  // Begun anew, it has no finished episode; the other policy's scan stands meanwhile.
  store.scans.start(identity, Date.now(), { again: true });
  expect((await timeline(recording)).policy).toBe('rules');
});

it('shows the finished episodes of a scan that is the only one', async () => {
  const recording = await addLongRecording(store, seconds);
  const [scan] = store.scans.list({ recording });
  const [first, second] = (await timeline(recording)).episodes;
  store.scans.start(
    { ...scan, ...{ recording, policy: 'rules', policyVersion: '1' }, budget: 24, models: '', settings: { seed: 1 } },
    5,
    { again: true },
  );
  expect(await timeline(recording)).toMatchObject({ policy: 'rules', episodes: [], looks: [] });
  store.scans.planEpisodes(
    scan?.id ?? '',
    [first, second].map((each) => ({ start: each?.start ?? 0, end: each?.end ?? 0 })),
  );
  store.scans.finishEpisode(scan?.id ?? '', 128, { result: {}, trajectory: second?.trajectory ?? '' });
  expect((await timeline(recording)).episodes).toEqual([second]);
});

it('goes without what was lost', async () => {
  const recording = await addLongRecording(store, seconds);
  const [first, ...others] = (await timeline(recording)).episodes;
  await rm(store.blobs.pathOf(store.triage.get(recording, triageKey) ?? ''));
  await rm(store.blobs.pathOf(first?.trajectory ?? ''));
  expect(await timeline(recording)).toMatchObject({ activity: [], episodes: others });
});

it('fits a day of looking everywhere into one reply', async () => {
  const hours = 2;
  const recording = await addLongRecording(store, hours * 3600, 24);
  const { length } = JSON.stringify(await timeline(recording));
  expect((length * 24) / hours).toBeLessThan(maxReplyLength / 4);
});

it('says so where there is no such recording, and stops when asked to', async () => {
  await expect(timeline('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  const recording = await addLongRecording(store, seconds);
  await expect(timelineOf(store, recording, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
