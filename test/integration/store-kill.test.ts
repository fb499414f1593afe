/** A store whose process is killed at any moment, and one whose disk is full: nothing lost, nothing doubled. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomFrom } from '../../src-main/math/random.ts';
import { openStore } from '../../src-main/store/index.ts';

const store = JSON.stringify(new URL('../../src-main/store/index.ts', import.meta.url).href);
let temporary: ReturnType<typeof mkdtempDisposableSync>;

beforeEach(() => {
  temporary = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-kill-'));
});
afterEach(() => temporary.remove());

const RECORDING = 'a'.repeat(64);
/** util-linux: runs a program in namespaces of its own. */
const UNSHARE = 'unshare';
const SCANS = 100;

/** Scans many times as a core does (episodes one by one, flags at the end), going on where an earlier process stopped. */
const scanner = (folder: string) => `
  import { openStore } from ${store};
  const store = openStore(${JSON.stringify(folder)});
  store.cameras.ensure('c');
  store.recordings.add({ id: '${RECORDING}', camera: 'c', bytes: 1, addedAtMs: 0,
    clock: { utcMs: null, source: 'none', text: '', local: null },
    video: { seconds: 1, width: 1, height: 1, rotation: 0, frameRate: null, codec: 'h264', container: 'mp4' },
  }, { path: '/a', bytes: 1, mtimeMs: 0 });
  console.log('ready');
  for (let number = 0; number < ${SCANS}; number++) {
    const identity = { recording: '${RECORDING}', policy: 'p' + number, policyVersion: '1', budget: 1, models: '', settings: {} };
    const scan = store.scans.start(identity, Date.now());
    if (scan.state === 'done') continue;
    store.scans.planEpisodes(scan.id, [{ start: 0, end: 1 }, { start: 1, end: 2 }]);
    for (const { start } of store.scans.unfinishedEpisodes(scan.id)) {
      const trajectory = await store.blobs.put(Buffer.from(number + '/' + start));
      store.scans.finishEpisode(scan.id, start, { result: { number, start }, trajectory });
    }
    const flags = store.scans.episodes(scan.id).map((episode) => ({ start: episode.start, end: episode.end,
      class: 'x', score: 1, explanation: '', claims: [], trajectory: episode.trajectory }));
    for (const flag of store.scans.finish(scan.id, { flags, summary: null, atMs: 1 })) {
      store.verdicts.add(flag, { decision: 'confirm', class: null, start: null, end: null, note: '', decidedAtMs: 1 });
    }
    console.log('done ' + scan.id);
  }
  store.close();`;

const start = (code: string) =>
  spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });

it('has every acknowledged scan whole and no flag twice after kills at random moments', async () => {
  const random = randomFrom('kill');
  const acknowledged = new Set<string>();
  for (let round = 0; round < 6; round++) {
    const child = start(scanner(temporary.path));
    const exit = once(child, 'exit');
    let left = 1 + random.integer(14);
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('done ')) acknowledged.add(line.slice(5));
      // Killed after a random number of lines: between two scans, in the middle of the next one's writes.
      if (--left === 0) child.kill('SIGKILL');
    }
    await exit;

    using after = openStore(temporary.path);
    const scans = after.scans.list();
    const done = scans.filter(({ state }) => state === 'done');
    const lost = [...acknowledged].filter((id) => after.scans.get(id)?.state !== 'done');
    expect(lost).toEqual([]);
    const flags = after.flags.list({ superseded: true });
    expect(flags).toHaveLength(2 * done.length);
    expect(new Set(flags.map(({ id }) => id)).size).toBe(flags.length);
    for (const { id, state } of scans) {
      expect(after.flags.list({ scan: id })).toHaveLength(state === 'done' ? 2 : 0);
      const trajectories = after.scans.episodes(id).flatMap(({ trajectory }) => trajectory ?? []);
      expect(await Promise.all(trajectories.map((hash) => after.blobs.has(hash)))).not.toContain(false);
    }
  }
  expect(acknowledged.size).toBeGreaterThan(10);
});

it('says that the disk is full, keeps what it had and goes on when there is room', async ({ skip }) => {
  const mount = `mkdir -p "$1" && mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" --input-type=module --eval "$3"`;
  const isolated = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
  try {
    execFileSync(UNSHARE, [...isolated, 'mkdir -p "$1" && mount -t tmpfs tmpfs "$1"', 'sh', temporary.path], {
      stdio: 'ignore',
    });
  } catch {
    skip('a small disk needs Linux user namespaces (unshare), which are not to be had here');
  }
  const folder = path.join(temporary.path, 'small');
  const code = `
    import { openStore } from ${store};
    import { readdirSync } from 'node:fs';
    const store = openStore(${JSON.stringify(folder)});
    const codes = new Set();
    const kept = [];
    for (let size = 400_000; size > 100; size = Math.floor(size / 1.5)) {
      const bytes = Buffer.alloc(size, kept.length);
      await store.blobs.put(bytes).then((hash) => kept.push(hash), (error) => codes.add('blob ' + error.code));
      try { store.settings.set('s' + size, 'x'.repeat(size)); } catch (error) { codes.add('row ' + error.code); }
    }
    const whole = (await Promise.all(kept.map((hash) => store.blobs.has(hash)))).every(Boolean);
    const aside = readdirSync(${JSON.stringify(path.join(folder, 'blobs', 'aside'))}).length;
    for (const hash of kept) await store.blobs.remove(hash);
    store.settings.set('room', true);
    store.close();
    const again = openStore(${JSON.stringify(folder)});
    console.log(JSON.stringify({ codes: [...codes].sort(), whole, aside, room: again.settings.get('room') }));
    again.close();`;
  const { stdout } = await promisify(execFile)(UNSHARE, [...isolated, mount, 'sh', folder, process.execPath, code]);
  expect(JSON.parse(stdout)).toEqual({ codes: ['blob disk-full', 'row disk-full'], whole: true, aside: 0, room: true });
});
