/** Camera footage as it comes: flags on real incidents play, and so does a recording that no browser reads. */
import { copyFile, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { archiveOf } from './pages/archive.ts';
import { frameOf } from './pages/frame.ts';
import { playerOf } from './pages/player.ts';
import { reviewOf } from './pages/review.ts';
import { expectPlaying } from './support/playing.ts';
import { it } from './support/test.ts';

const footage = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
/** A scene with an accident, and MPEG-4 part 2 in AVI. */
const files = ['events/RoadAccidents133_x264_270_451.mp4', 'normal/vtest.avi'].map((name) => join(footage, name));
const isMissing = !files.every((file) => existsSync(file));
if (isMissing) console.log('real-footage.test.ts plays nothing: ../shared/data is not there.');

it.skipIf(isMissing)('plays what cameras record', { timeout: 300_000 }, async ({ workspace, program, open }) => {
  const folder = join(workspace.root, 'footage');
  await mkdir(folder);
  const [accident = '', old = ''] = files;
  await copyFile(accident, join(folder, 'junction.mp4'));
  expect(await workspace.cli(['scan', folder])).toMatchObject({ code: 0 });
  await copyFile(old, join(folder, 'pedestrians.avi'));
  expect(await workspace.cli(['import', folder])).toMatchObject({ code: 0 });

  const { page } = await open(program);
  const [frame, review, archive, player] = [frameOf(page), reviewOf(page), archiveOf(page), playerOf(page)];
  await frame.goTo('Review');
  await review.flags.first().click();
  await expectPlaying(player.picture, 320);

  await frame.goTo('Archive');
  await archive.open('pedestrians.avi');
  await player.play.click();
  await expectPlaying(player.picture, 768);
});
