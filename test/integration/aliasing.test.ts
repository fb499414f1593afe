/** The aliasing suite as video files: one pair of each kind, decoded, weighed, and told apart by nobody who samples evenly. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { triage } from '../../src-main/perception/index.ts';
import { makingHere, simulateArchive, suiteNamed, type SuiteRecording } from '../../src-main/simulation/index.ts';
import { encodeVideo, openVideo } from '../../src-main/video/index.ts';
import { createWorkspace, type Workspace } from '../support/cli.ts';

const rate = 0.25;
const period = 1 / rate;
/** Seconds after an instant within which perception measures motion. */
const around = 0.25;
/** Twins differ by no more than this share in what moves, and in bytes, over the gaps in which they differ. */
const tolerance = 0.25;
/** Small pictures: what holds of every pixel and byte holds of fewer. */
const small = (recording: SuiteRecording): SuiteRecording => ({
  ...recording,
  scene: () => ({ ...recording.scene(), width: 240, height: 136 }),
});

interface Decoded {
  readonly times: readonly number[];
  /** Of each frame's pixels. */
  readonly hashes: readonly string[];
  /** Share of each picture that differs from the one before by more than noise does. */
  readonly changes: readonly number[];
  readonly bytes: readonly number[];
  readonly activity: Float32Array;
  readonly keyframes: readonly number[];
  readonly told: readonly number[];
}

let workspace: Workspace;
let archive: string;
const pairs = new Map<string, readonly Decoded[]>();

beforeAll(async () => {
  workspace = await createWorkspace();
  archive = join(workspace.root, 'twins');
  const all = suiteNamed('aliasing', { seed: 3, rate }).recordings;
  const chosen = ['cued', 'periodic', 'uncued'].flatMap((kind, tale) =>
    all
      .filter(({ notes }) => notes['kind'] === kind && notes['tale'] === ['fight', 'fall', 'running'][tale])
      .slice(0, 2),
  );
  const suite = { name: 'aliasing', recordings: chosen.map(small) };
  const made = await simulateArchive({
    ...{ out: archive, seed: 3, suite },
    make: makingHere(suite, archive, encodeVideo),
  });
  for (const [index, recording] of made.entries()) {
    const { notes = {} } = chosen[index] ?? {};
    const kind = String(notes['kind']);
    pairs.set(kind, [...(pairs.get(kind) ?? []), await decoded(recording.path, recording.incidents)]);
  }
}, 600_000);
afterAll(() => workspace[Symbol.asyncDispose]());

async function decoded(path: string, incidents: readonly { readonly start: number }[]): Promise<Decoded> {
  await using video = await openVideo(path);
  const packets = await video.scanPackets();
  const times = [...packets.times];
  const hashes: string[] = [];
  const changes: number[] = [];
  let before: Uint8Array | null = null;
  for await (const { rgb } of video.framesAt(times, { width: 240, height: 136, fit: 'stretch' })) {
    hashes.push(createHash('sha1').update(rgb).digest('hex'));
    changes.push(before === null ? 0 : changeBetween(before, rgb));
    before = Uint8Array.from(rgb);
  }
  return {
    ...{ times, hashes, changes, bytes: [...packets.bytes] },
    activity: (await triage(video)).activity.activity,
    keyframes: times.filter((_, index) => packets.keyframe[index] === 1),
    told: incidents.map(({ start }) => Math.floor(start / period)),
  };
}

const gapOf = (time: number): number => Math.floor(time / period + 1e-6);
const twinsOf = (kind: string): readonly [told: Decoded, innocent: Decoded] => {
  const [a, b] = pairs.get(kind) ?? [];
  if (a === undefined || b === undefined) throw new Error(`There is no pair of kind ${kind}.`);
  return a.told.length > 0 ? [a, b] : [b, a];
};
function changeBetween(before: Uint8Array, now: Uint8Array): number {
  let changed = 0;
  for (let at = 1; at < now.length; at += 3) changed += Math.abs((now[at] ?? 0) - (before[at] ?? 0)) > 12 ? 1 : 0;
  return changed / (now.length / 3);
}
/** Logarithm of how much more of something there is in the one than in the other, over the gaps that differ. */
function excess(values: 'changes' | 'bytes', [told, innocent]: readonly [Decoded, Decoded]): number {
  const sumOf = (twin: Decoded) =>
    twin.times.reduce(
      (sum, time, index) => sum + (told.told.includes(gapOf(time)) ? (twin[values][index] ?? 0) : 0),
      0,
    );
  return Math.log(sumOf(told) / sumOf(innocent));
}

describe.each(['cued', 'periodic', 'uncued'])('twins, %s', (kind) => {
  it('decode to the same bits from every instant of the sampler on, and differ only where one has its incidents', () => {
    const [told, innocent] = twinsOf(kind);
    expect(innocent.told).toEqual([]);
    expect(told.times).toEqual(innocent.times);
    const differing = told.times.filter((_, index) => told.hashes[index] !== innocent.hashes[index]);
    expect(new Set(differing.map(gapOf))).toEqual(new Set(told.told));
    // What lies before an instant differs by its coding alone, and no look at the instant reaches there.
    expect(Math.min(...differing.map((time) => time - period * gapOf(time)))).toBeGreaterThan(around);
    expect(told.keyframes).toEqual(Array.from({ length: 128 / period }, (_, gap) => expect.closeTo(gap * period, 6)));
  });

  it('match in what moves, in bytes, and in the busiest second as policies see it, in sixteenths', () => {
    const [told, innocent] = twinsOf(kind);
    expect(Math.abs(excess('changes', [told, innocent]))).toBeLessThan(tolerance);
    expect(Math.abs(excess('bytes', [told, innocent]))).toBeLessThan(tolerance);
    const [busiest, other] = [told, innocent].map(({ activity }) => Math.round(16 * Math.max(...activity)));
    expect(busiest).toBe(other);
  });
});

describe('an evaluation of twins', () => {
  it('leaves even sampling and triage at exactly one half, each at the budget of the sampler', async () => {
    const policies = ['uniform', 'triage', 'oracle'].flatMap((policy) => ['--policy', policy]);
    const { code, stderr, lines } = await workspace.cli([
      'eval',
      archive,
      '--format',
      'simulated',
      ...policies,
      '--json',
    ]);
    expect(stderr).not.toContain('anom-pi:');
    expect(code).toBe(0);
    const row = (policy: string) => lines.find((line) => line['policy'] === policy);
    expect(row('uniform')).toMatchObject({ auc: 0.5, aucMicro: null, framesPerMinute: 60 * rate });
    expect(row('triage')).toMatchObject({ auc: 0.5, framesPerMinute: 0 });
    expect(row('uniform')?.['twins']).toEqual(
      ['cued', 'periodic', 'uncued'].map((kind) => ({ kind, pairs: 1, auc: 0.5 })),
    );
    expect(Number(row('oracle')?.['framesPerMinute'])).toBeLessThanOrEqual(60 * rate);
  }, 600_000);
});
