/** All English words of the window, by area. */
import { archive } from './archive.ts';
import { evidence } from './evidence.ts';
import { player } from './player.ts';
import { queue } from './queue.ts';
import { shell } from './shell.ts';

export const en = { shell, archive, queue, player, evidence } as const;
