/** Whatever lies in a folder: no crash, no hang, one clear line for each bad file, and everything else is scanned. */
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace } from '../support/cli.ts';
import {
  audioOnly,
  backwardTimestamps,
  eightK,
  emptyFile,
  makeVideo,
  noVideoStream,
  oddDimensions,
  oneFrame,
  randomBytes,
  rotated,
  variableFrameRate,
  zeroDuration,
} from '../support/videos.ts';

/** What the scan must say of each file. */
const expected: Readonly<Record<string, 'scanned' | 'unreadable'>> = {
  'good.mp4': 'scanned',
  'one-frame.mp4': 'scanned',
  'odd-dimensions.avi': 'scanned',
  'rotated-90.mp4': 'scanned',
  'variable-frame-rate.mp4': 'scanned',
  'backward-timestamps.ts': 'scanned',
  'eight-k.avi': 'scanned',
  'empty.mp4': 'unreadable',
  'random-bytes.mp4': 'unreadable',
  'audio-only.avi': 'unreadable',
  'no-video-stream.mkv': 'unreadable',
  'cut-in-the-header.mp4': 'unreadable',
  'dangling-link.mp4': 'unreadable',
  'ünïcödé 漢字 ".mp4': 'scanned',
};

test('a folder of odd and broken files is scanned to its end', async () => {
  await using workspace = await createWorkspace();
  const folder = join(workspace.root, 'odd');
  await mkdir(folder);
  const at = (name: string) => join(folder, name);
  await makeVideo(at('good.mp4'));
  await oneFrame(at('one-frame.mp4'));
  await oddDimensions(at('odd-dimensions.avi'));
  await rotated(at('rotated-90.mp4'), 90, { firstNumber: 3 });
  await variableFrameRate(at('variable-frame-rate.mp4'));
  await backwardTimestamps(at('backward-timestamps.ts'));
  await eightK(at('eight-k.avi'));
  await zeroDuration(at('zero-duration.mp4'));
  await emptyFile(at('empty.mp4'));
  await randomBytes(at('random-bytes.mp4'));
  await audioOnly(at('audio-only.avi'));
  await noVideoStream(at('no-video-stream.mkv'));
  await makeVideo(at('ünïcödé 漢字 ".mp4'), { firstNumber: 7 });
  await symlink(at('nowhere.mp4'), at('dangling-link.mp4'));
  await mkdir(at('folder.mp4'));
  const good = await readFile(at('good.mp4'));
  await writeFile(at('cut-in-the-header.mp4'), good.subarray(0, 30));
  // A file cut anywhere is either read as far as it goes or listed with its reason.
  const cuts = Array.from({ length: 12 }, (_, index) => `cut-${index}.mp4`);
  for (const [index, name] of cuts.entries()) {
    await writeFile(at(name), good.subarray(0, Math.floor((good.length * (index + 1)) / 13)));
  }

  const { code, lines, stderr } = await workspace.cli(['scan', folder, '--json']);
  expect(stderr).not.toContain('anom-pi:');
  expect(code).toBe(0);
  const recordings = lines.filter((line) => line['type'] === 'recording');
  const statusOf = new Map(recordings.map((line) => [basename(String(line['path'])), line['status']]));
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, statusOf.get(name)]))).toEqual(expected);
  for (const name of [...cuts, 'zero-duration.mp4']) expect(statusOf.get(name), name).toMatch(/scanned|unreadable/);
  for (const line of recordings.filter(({ status }) => status !== 'scanned')) {
    expect(line['reason'], String(line['path'])).toMatch(/\w+.*\.$/);
    expect(String(line['reason']).trim().split('\n')).toHaveLength(1);
  }
  expect(lines.at(-1)).toMatchObject({ type: 'summary', recordings: recordings.length });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder without read permission is named, the rest goes on (not as root)',
  async () => {
    await using workspace = await createWorkspace();
    const folder = join(workspace.root, 'mixed');
    const closed = join(folder, 'closed');
    await mkdir(closed, { recursive: true });
    await makeVideo(join(folder, 'good.mp4'));
    await chmod(closed, 0);
    try {
      const { code, lines } = await workspace.cli(['scan', folder, '--json']);
      expect(code).toBe(0);
      expect(lines.find((line) => line['path'] === closed)).toMatchObject({ status: 'unreadable' });
      expect(lines.find((line) => String(line['path']).endsWith('good.mp4'))).toMatchObject({ status: 'scanned' });
    } finally {
      await chmod(closed, 0o700);
      await rm(closed, { recursive: true });
    }
  },
);

test('a folder that is not there is an error that names it', async () => {
  await using workspace = await createWorkspace();
  const missing = join(workspace.root, 'nowhere');
  const { code, stderr } = await workspace.cli(['scan', missing, '--json']);
  expect(stderr).toContain(missing);
  expect(code).toBe(1);
});
