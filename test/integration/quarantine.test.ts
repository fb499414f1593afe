/** A file that crashes or hangs its worker is set aside with its reason, and the rest is finished. */
import { appendFile, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace, until } from '../support/cli.ts';
import { makeVideo } from '../support/videos.ts';

test('crashing and hanging files are quarantined; their neighbours are scanned', async () => {
  await using workspace = await createWorkspace();
  const video = await makeVideo(join(workspace.root, 'source.mp4'));
  const folder = join(workspace.root, 'mixed');
  await mkdir(folder);
  await copyFile(video, join(folder, 'good.mp4'));
  await appendedCopy(video, join(folder, 'crash-worker.mp4'), 'a');
  await appendedCopy(video, join(folder, 'hang-worker.mp4'), 'b');
  await appendedCopy(video, join(folder, 'crash-inquire.mp4'), 'c');
  await appendedCopy(video, join(folder, 'hang-triage.mp4'), 'd');

  // Long enough for a busy machine, on which a file that is in order takes its time as well.
  const env = { ANOM_PI_TEST_HOOKS: '1', ANOM_PI_STALL_MS: '12000' };
  const { code, lines } = await workspace.cli(['scan', folder, '--json'], env);
  expect(code).toBe(0);
  const byName = new Map(
    lines.filter((line) => line['type'] === 'recording').map((line) => [nameOf(line['path']), line]),
  );
  expect(byName.get('good.mp4')).toMatchObject({ status: 'scanned' });
  expect(byName.get('crash-worker.mp4')?.['status']).toMatch(/quarantined|unreadable/);
  expect(byName.get('crash-worker.mp4')?.['reason']).toMatch(/crash-worker\.mp4 is set aside.*SIGABRT/);
  expect(byName.get('hang-worker.mp4')?.['reason']).toMatch(/hang-worker\.mp4 is set aside.*no sign of work/);

  for (const name of ['crash-inquire.mp4', 'hang-triage.mp4']) {
    expect(byName.get(name), name).toMatchObject({ status: 'quarantined', reason: expect.stringContaining(name) });
  }

  // A core keeps the environment that it was started in.
  await until(async () => (await workspace.corePid()) === null);
  const unhooked = await workspace.cli(['scan', folder, '--json']);
  const second = unhooked.lines.filter((line) => line['type'] === 'recording');
  // It cost a worker its life: it is not tried again by itself.
  expect(second.filter((line) => line['status'] === 'unreadable' || line['status'] === 'quarantined')).toHaveLength(4);

  const again = await workspace.cli(['scan', folder, '--again', '--json']);
  const third = again.lines.filter((line) => line['type'] === 'recording');
  expect(third.map((line) => line['status'])).toEqual(third.map(() => 'scanned'));
});

const nameOf = (path: unknown) => String(path).split('/').at(-1);

/** A copy with other content, and so another identity: bytes behind the last box are ignored by every reader. */
async function appendedCopy(from: string, to: string, text: string): Promise<void> {
  await copyFile(from, to);
  await appendFile(to, Buffer.from([0, 0, 0, 9, ...Buffer.from('free'), text.charCodeAt(0)]));
}
