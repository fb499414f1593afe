/** What a head is fitted on: the vector of a clip, and what tells where the clip comes from. */
import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssessTools } from './assess-video.ts';
import type { Footage } from './seen.ts';

/** Files of a clip, and the frames that its vector rests on. */
export interface MadeClip {
  readonly vector: string;
  readonly backdrop: string;
  readonly frames: number;
}

/** Errors: those of reading video; `worker-crashed`, `worker-timeout`; `cancelled`. */
export async function makeClip(
  { seen, tasks, folder }: Pick<AssessTools, 'seen' | 'tasks' | 'folder'>,
  footage: Footage,
  signal: AbortSignal,
): Promise<MadeClip> {
  using frames = await seen.everyInstant(footage, signal, () => undefined);
  using kept = await seen.backdrop(footage, signal);
  const backdrop = join(folder, `${footage.id}.backdrop`);
  // Copied: what is in the cache may go once nobody holds it.
  await copyFile(kept.path, backdrop);
  return await tasks.runAside(
    'clip-vector',
    { chunks: frames.chunks },
    { files: frames.files },
    async (result, pathOf) => {
      const vector = join(folder, `${footage.id}.vector`);
      await rename(pathOf(result.vector), vector);
      return { vector, backdrop, frames: result.frames };
    },
    { signal },
  );
}
