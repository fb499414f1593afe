/** One complete path by the command line: folder → scan → flags → verdict, miss → death of the core → still there. */
import { cp, mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { upgradeTrajectory } from '../../src-main/contract/trajectory.ts';
import { commotion } from '../support/commotion.ts';
import { createWorkspace, killAndWait, until, type Workspace } from '../support/cli.ts';

let workspace: Workspace;
let archive: string;
const scanned = { lines: [] as readonly Readonly<Record<string, unknown>>[] };

const ofType = (lines: readonly Readonly<Record<string, unknown>>[], type: string) =>
  lines.filter((line) => line['type'] === type);

beforeAll(async () => {
  workspace = await createWorkspace();
  archive = join(workspace.root, 'archive');
  await mkdir(archive);
  await commotion(join(archive, 'late.mp4'));
  await commotion(join(archive, 'early.mp4'), { seed: 2, from: 5, to: 12 });
  await commotion(join(archive, 'calm.mp4'), { seed: 3, from: 0, to: 0 });
  await commotion(join(archive, 'ending.mp4'), { seed: 4, seconds: 20.2, from: 12, to: 21 });
  const scan = await workspace.cli(['scan', archive, '--json']);
  expect(scan.stderr).not.toContain('anom-pi:');
  expect(scan.code).toBe(0);
  scanned.lines = scan.lines;
}, 120_000);

afterAll(() => workspace[Symbol.asyncDispose]());

describe('scan of a folder', () => {
  test('every recording is scanned and the summary counts them', () => {
    const recordings = ofType(scanned.lines, 'recording');
    expect(recordings.map((line) => line['status'])).toEqual(['scanned', 'scanned', 'scanned', 'scanned']);
    const summary = scanned.lines.at(-1);
    expect(summary).toMatchObject({
      type: 'summary',
      recordings: recordings.length,
      flags: ofType(scanned.lines, 'flag').length,
      policy: 'rules',
    });
    expect(summary?.['framesDecoded']).toBeGreaterThan(0);
    expect(summary?.['peakMemoryMB']).toBeGreaterThan(50);
  });

  test('each flag points at evidence inside its recording and at a trajectory that can be read', async () => {
    const flags = ofType(scanned.lines, 'flag');
    // Where the commotion is, and nowhere else.
    const found = flags.map((flag) => `${basename(String(flag['path']))} ${Math.round(Number(flag['end']))}`);
    expect(new Set(found)).toEqual(new Set(['early.mp4 12', 'ending.mp4 20', 'late.mp4 28']));
    const lengths = new Map(ofType(scanned.lines, 'recording').map((line) => [line['path'], Number(line['seconds'])]));
    expect([...lengths.values()].toSorted((a, b) => a - b)[0]).toBeCloseTo(20.2, 3);
    for (const flag of flags) {
      expect(Number(flag['end'])).toBeLessThanOrEqual((lengths.get(flag['path']) ?? 0) + 1e-6);
      const evidence = flag['evidence'] as { time: number; claim: string }[];
      expect(evidence.length).toBeGreaterThan(0);
      for (const { time, claim } of evidence) {
        expect(time).toBeGreaterThanOrEqual(0);
        expect(claim).not.toBe('');
      }
      expect(Number(flag['start'])).toBeLessThan(Number(flag['end']));
    }
    const printed = await workspace.cli(['trajectory', String(flags[0]?.['id']), '--json']);
    const trajectory = upgradeTrajectory(printed.lines[0]);
    expect(trajectory.steps.at(-1)?.action?.operator).toBe('FINAL');
  });

  test('the second scan says unchanged and prints the same flags', async () => {
    const again = await workspace.cli(['scan', archive, '--json']);
    expect(new Set(ofType(again.lines, 'recording').map((line) => line['status']))).toEqual(new Set(['unchanged']));
    const ids = (lines: typeof scanned.lines) =>
      ofType(lines, 'flag')
        .map((flag) => String(flag['id']))
        .toSorted((a, b) => a.localeCompare(b));
    expect(ids(again.lines)).toEqual(ids(scanned.lines));
    expect(again.lines.at(-1)).toMatchObject({ framesDecoded: 0 });
  });

  test('verdicts and misses survive the death of the core', async () => {
    const [first] = ofType(scanned.lines, 'flag');
    const id = String(first?.['id']);
    const confirmed = await workspace.cli(['verdict', id, 'confirm', '--note', 'seen twice', '--json']);
    expect(confirmed.lines[0]).toMatchObject({ verdict: { decision: 'confirm', note: 'seen twice' } });
    const recording = String(ofType(scanned.lines, 'recording')[0]?.['path']);
    const miss = await workspace.cli(['miss', recording, '1', '2.5', 'fall', '--json']);
    expect(miss.lines[0]).toMatchObject({ start: 1, end: 2.5, class: 'fall' });

    const pid = await workspace.corePid();
    if (pid !== null) await killAndWait(pid);
    const listed = await workspace.cli(['flags', '--json', '--state', 'confirm']);
    expect(listed.lines.map((flag) => flag['id'])).toEqual([id]);

    const undone = await workspace.cli(['verdict', id, 'undo', '--json']);
    expect(undone.lines[0]).toMatchObject({ verdict: null });
  });

  test('a moved folder is recognised: nothing is scanned again', async () => {
    const moved = join(workspace.root, 'moved archive');
    await rename(archive, moved);
    const again = await workspace.cli(['scan', moved, '--json']);
    const recordings = ofType(again.lines, 'recording');
    expect(recordings.map((line) => line['status'])).toEqual(recordings.map(() => 'unchanged'));
    expect(recordings.every((line) => String(line['path']).startsWith(moved))).toBe(true);
    await rename(moved, archive);
  });
});

test('every policy runs; one that never looks decodes nothing', async () => {
  await using other = await createWorkspace();
  const file = await commotion(join(other.root, 'clip.mp4'), { seconds: 8, from: 3, to: 6 });
  for (const policy of ['blind', 'triage', 'uniform', 'dense']) {
    const { code, lines } = await other.cli(['scan', file, '--policy', policy, '--json']);
    const [summary] = ofType(lines, 'summary');
    expect([code, summary?.['policy']]).toEqual([0, policy]);
    // Triage looks at keyframes once per recording, whatever the policy.
    expect(Number(summary?.['framesDecoded']) > 8, policy).toBe(policy === 'uniform' || policy === 'dense');
  }
});

test('the sample archive is made and can be scanned', async () => {
  await using other = await createWorkspace();
  const sample = join(other.root, 'sample');
  const made = await other.cli(['simulate', '--out', sample, '--scenes', '1', '--json']);
  expect(made.lines).toEqual([{ type: 'simulated', out: sample }]);
  const scan = await other.cli(['scan', sample, '--json']);
  expect(ofType(scan.lines, 'recording').map((line) => line['status'])).toEqual(['scanned']);
});

test('wrong usage exits with 2 and says what is right', async () => {
  for (const args of [['scan', '--polcy', 'rules'], ['verdict', 'abc'], ['flags', '--state', 'maybe'], ['nonsense']]) {
    const { code, stderr } = await workspace.cli(args);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr, args.join(' ')).toContain('anom-pi');
  }
  const { code, stderr } = await workspace.cli(['scan', '--policy', 'nonsense']);
  expect(code).toBe(2);
  expect(stderr).toContain('rules');
});

test('a second command works through the core that scans', async () => {
  await using other = await createWorkspace();
  const folder = join(other.root, 'archive');
  await cp(archive, folder, { recursive: true });
  const scan = other.start(['scan', folder, '--json']);
  await until(async () => (await other.corePid()) !== null);
  const pid = await other.corePid();
  const jobs = await other.cli(['jobs', '--json']);
  expect(jobs.code).toBe(0);
  expect(await other.corePid()).toBe(pid);
  const { code, lines } = await scan.result;
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({ type: 'summary' });
});
