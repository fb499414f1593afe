/** All English words of the window, by area. */
import { archive } from './archive.ts';
import { evaluation } from './evaluation.ts';
import { evidence } from './evidence.ts';
import { normality } from './normality.ts';
import { player } from './player.ts';
import { queue } from './queue.ts';
import { shell } from './shell.ts';

export const en = { shell, archive, queue, player, evidence, normality, evaluation } as const;
