/** SIGKILL of workers and of the core at random moments of a scan: nothing is lost, nothing doubled. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomFrom } from '../../src-main/math/random.ts';
import { commotion } from '../support/commotion.ts';
import { createWorkspace, killAndWait, until, type Workspace } from '../support/cli.ts';
import { childrenOf, hasProc, mappedFiles } from '../support/processes.ts';

/** The number is 50: ANOM_PI_KILLS=50 npx vitest run test/integration/kill.test.ts */
const kills = Number(process.env['ANOM_PI_KILLS'] ?? 6);
const seed = 20261121;

test.skipIf(!hasProc)(
  `${kills} kills of workers and cores leave the same flags as an undisturbed scan (needs /proc)`,
  { timeout: 60_000 + kills * 30_000 },
  async () => {
    await using calm = await createWorkspace();
    await using disturbed = await createWorkspace();
    const archive = join(calm.root, 'archive');
    await mkdir(archive);
    for (const seed of [1, 2, 3, 4])
      await commotion(join(archive, `${seed}.mp4`), { seed, seconds: 150, from: 20, to: 40 });
    expect((await calm.cli(['scan', archive])).code).toBe(0);
    const expected = await flagsOf(calm);
    expect(expected.length).toBeGreaterThanOrEqual(4);

    const random = randomFrom(seed);
    let done = 0;
    // Once all is done everything is looked at anew, so that there is something to disturb.
    let again = false;
    while (done < kills) {
      const scan = disturbed.start(['scan', archive, '--json', ...(again ? ['--again'] : [])]);
      let finished = false;
      void scan.result.then(() => (finished = true));
      await until(async () => finished || (await disturbed.corePid()) !== null);
      while (!finished && done < kills) {
        await Promise.race([scan.result, new Promise((resolve) => setTimeout(resolve, random.between(100, 2_500)))]);
        const core = await disturbed.corePid();
        if (finished || core === null) break;
        const workers = childrenOf(core);
        const victim = workers.length > 0 && random.next() < 0.5 ? random.pick(workers) : core;
        await killAndWait(victim);
        done++;
        if (victim === core) break;
      }
      const { code, lines } = await scan.result;
      // It ended because its core was killed, or it came through.
      expect([0, 1]).toContain(code);
      const came = code === 0;
      const bad = lines.filter(
        ({ type, status }) => type === 'recording' && status !== 'scanned' && status !== 'unchanged',
      );
      expect(came ? bad : []).toEqual([]);
      expect(came ? await flagsOf(disturbed) : expected).toEqual(expected);
      again = came;
    }
    const last = await disturbed.cli(['scan', archive, '--json']);
    expect(last.stderr).not.toContain('anom-pi:');
    expect(await flagsOf(disturbed)).toEqual(expected);
  },
);

/** What was found, without what differs from run to run. */
async function flagsOf(workspace: Workspace) {
  const { code, lines } = await workspace.cli(['flags', '--json']);
  expect(code).toBe(0);
  return lines.map(({ recording, start, end, class: named, score }) => ({ recording, start, end, named, score }));
}

test.skipIf(!hasProc)('the core maps neither FFmpeg nor ONNX Runtime while it scans (needs /proc)', async () => {
  await using workspace = await createWorkspace();
  const archive = join(workspace.root, 'archive');
  await mkdir(archive);
  await commotion(join(archive, 'one.mp4'));
  const scan = workspace.start(['scan', archive, '--json']);
  await until(async () => (await workspace.corePid()) !== null);
  const core = await workspace.corePid();
  const inCore = new Set<string>();
  const inWorkers = new Set<string>();
  let finished = false;
  void scan.result.then(() => (finished = true));
  await until(() => {
    if (core === null) return true;
    for (const file of mappedFiles(core)) inCore.add(file);
    for (const worker of childrenOf(core)) for (const file of mappedFiles(worker)) inWorkers.add(file);
    return finished;
  }, 100_000);
  const native = /node-av|onnxruntime/;
  expect([...inCore].filter((file) => native.test(file))).toEqual([]);
  // The same look at the workers finds them, so that the line above can fail.
  expect([...inWorkers].some((file) => /node-av/.test(file))).toBe(true);
});
