/** All Chinese words of the window, by area. */
import type { en } from '../en/index.ts';
import type { Words } from '../words.ts';
import { archive } from './archive.ts';
import { evaluation } from './evaluation.ts';
import { evidence } from './evidence.ts';
import { exporting } from './export.ts';
import { normality } from './normality.ts';
import { overview } from './overview.ts';
import { player } from './player.ts';
import { queue } from './queue.ts';
import { shell } from './shell.ts';
import { tour } from './tour.ts';
import { training } from './training.ts';
import { watching } from './watching.ts';
import { zones } from './zones.ts';

export const zh: Words<typeof en> = {
  shell,
  archive,
  queue,
  player,
  evidence,
  normality,
  overview,
  evaluation,
  tour,
  training,
  watching,
  zones,
  export: exporting,
};
