/** Flags that look like one, over a real store: ranked by what was seen of them, and right when flags come, change and go. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrames, type FrameObservation, perceptionKey } from '../perception/index.ts';
import { figureAt, frameAt } from '../perception/testing/frames.ts';
import { openStore, type Store } from '../store/index.ts';
import { createLikeness, type Likeness } from './likeness.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
let likeness: Likeness;
let logged: string[];
const { signal } = new AbortController();
const id = (digit: string) => digit.repeat(64);
const recording = id('a');
const flagSeconds = 3;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-likeness-'));
  store = openStore(folder.path);
  logged = [];
  store.recordings.add(
    {
      ...{ id: recording, camera: store.cameras.ensure('gate').id, bytes: 1, addedAtMs: 0 },
      clock: { utcMs: null, source: 'none', text: '', local: null },
      video: { ...{ seconds: 600, width: 4, height: 4, rotation: 0, frameRate: 25 }, codec: 'h264', container: 'mp4' },
    },
    { path: '/a.mp4', bytes: 1, mtimeMs: 1 },
  );
  likeness = createLikeness(
    store,
    () => 0,
    (line) => logged.push(line),
  );
});
afterEach(async () => {
  await likeness.close();
  store.close();
  folder.remove();
  expect(logged).toEqual([]);
});

/** Something as high as a share of the picture that moves at `x`; nothing moves where `height` is 0. */
interface Seen {
  readonly x: number;
  readonly height: number;
}
const tall: Seen = { x: 0.2, height: 0.6 };
const tallElsewhere: Seen = { x: 0.6, height: 0.6 };
const lower: Seen = { x: 0.2, height: 0.4 };
const small: Seen = { x: 0.2, height: 0.1 };
const nothing: Seen = { x: 0, height: 0 };

const framesFrom = (start: number, { x, height }: Seen): FrameObservation[] =>
  Array.from({ length: 4 * flagSeconds }, (_, index) =>
    frameAt(
      start + index / 4,
      height === 0 ? {} : { moving: { x, y: 0.3, width: 0.2, height }, objects: [figureAt(x + 0.1, 0.5, height)] },
    ),
  );

/** The look at `sights`, one flag every ten seconds; of null nothing is left that was seen. Returns the flags' ids. */
async function scan(sights: readonly (Seen | null)[], { trajectory = id('f'), seed = 1 } = {}): Promise<string[]> {
  const seen = sights.flatMap((sight, index) => (sight === null ? [] : framesFrom(10 * index, sight)));
  const hash = await store.blobs.put(encodeFrames(seen));
  const frames = seen.map(({ time }) => ({ timeMs: time * 1000, offset: 0, length: 1 }));
  store.frameCache.put(recording, perceptionKey(''), { hash, bytes: 1, frames }, 0);
  const identity = { recording, policy: 'rules', policyVersion: '1', budget: 12, models: '', settings: { seed } };
  const scanned = store.scans.start(identity, 0, { again: true }).id;
  const flags = sights.map((_, index) => ({
    ...{ start: 10 * index, end: 10 * index + flagSeconds, class: 'fight', score: 0.5, explanation: '', claims: [] },
    trajectory,
  }));
  return store.scans.finish(scanned, { flags, summary: {}, atMs: 0 });
}

const numberOf = (flag: string | undefined) => store.flagQueue.numberOf(flag ?? '') ?? 0;
/** Places in `flags` of those that look like the first of them. */
async function placesLike(flags: readonly string[]): Promise<number[]> {
  const numbers = flags.map(numberOf);
  return (await likeness.similarTo(flags[0] ?? '', signal)).map((number) => numbers.indexOf(number));
}

describe('flags that look like one', () => {
  it('are ranked by what was seen, wherever it was in the picture', async () => {
    expect(await placesLike(await scan([tall, nothing, lower, nothing, tallElsewhere]))).toEqual([4, 2]);
  });

  it('come by their numbers where they are as alike', async () => {
    const flags = await scan([tall, nothing, tall, small, tall, tall]);
    expect((await placesLike(flags)).slice(0, 3)).toEqual([2, 4, 5]);
    expect(numberOf(flags[2])).toBeLessThan(numberOf(flags[4]));
  });

  it('leave out those of which nothing is left, and cannot be asked for by one', async () => {
    const flags = await scan([tall, null, tall, nothing, nothing]);
    expect(await placesLike(flags)).toEqual([2]);
    await expect(likeness.similarTo(flags[1] ?? '', signal)).rejects.toMatchObject({ code: 'not-found' });
    await expect(likeness.similarTo(id('9'), signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are those of scans that came since as well', async () => {
    const flags = await scan([tall, nothing, tall, nothing, nothing]);
    expect(await placesLike(flags)).toEqual([2]);
    const later = await scan([nothing, tall, nothing, nothing, tall], { seed: 2 });
    const like = await likeness.similarTo(flags[0] ?? '', signal);
    expect(like).toEqual([flags[2], later[1], later[4]].map(numberOf));
  });

  it('go by the latest look where one was looked at anew', async () => {
    const flags = await scan([tall, nothing, tall, nothing]);
    expect(await placesLike(flags)).toEqual([2]);
    expect(await scan([tall, tall, nothing, nothing], { trajectory: id('e') })).toEqual(flags);
    expect(await placesLike(flags)).toEqual([1]);
  });

  it('are no answer to whoever is gone', async () => {
    const [flag = ''] = await scan([tall, tall]);
    const gone = new AbortController();
    gone.abort();
    await expect(likeness.similarTo(flag, gone.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
