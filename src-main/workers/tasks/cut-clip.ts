/** Clips of a recording for those who are to see it: its own packets, and a copy that every player shows. */
import { AppError } from '../../contract/errors.ts';
import { clipExtension, cutClip, openVideo, viewingCopy } from '../../video/index.ts';
import type { ClipFacts } from '../../video/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

export const cutClipOf: TaskFunction<'cut-clip'> = async ({ recording, start, end, exact }, context) => {
  const path = context.recordingPath(recording);
  const extension = clipExtension(await codecOf(path, context));
  if (exact && extension !== '.mp4') {
    const clip = await makeCopy(path, start, end, context);
    return { clip, facts: { start, end, keyframe: start, frames: 0, sound: null }, method: 'encoded' };
  }
  const { signal, progress } = context;
  const made: ClipFacts[] = [];
  const clip = await context.putFile(extension, async (out) => {
    made.push(await cutClip(path, out, { start, end, exact, signal, onProgress: progress }));
  });
  const [facts] = made;
  if (facts === undefined) throw new AppError('internal', 'A clip was made without its facts.');
  return { clip, facts, method: 'copied' };
};

export const viewingCopyOf: TaskFunction<'viewing-copy'> = async ({ recording, start, end }, context) => ({
  copy: await makeCopy(context.recordingPath(recording), start, end, context),
});

const makeCopy = (path: string, start: number, end: number, { putFile, signal, progress }: TaskContext) =>
  putFile('.mp4', (out) => viewingCopy(path, out, { start, end, signal, onProgress: progress }));

async function codecOf(path: string, { signal }: TaskContext): Promise<string> {
  await using reader = await openVideo(path, { signal });
  return reader.info.codec;
}
