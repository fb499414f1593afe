/** Clips of a recording for those who are to see it: its own packets, joined with as little of ours as can be. */
import { AppError } from '../../contract/errors.ts';
import { clipExtension, cutClip, openVideo, smartCut, viewingCopy } from '../../video/index.ts';
import type { ClipFacts, NotJoined } from '../../video/index.ts';
import type { MadeClipFacts, TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

export const cutClipOf: TaskFunction<'cut-clip'> = async (params, context) => {
  const { recording, cut } = params;
  const path = context.recordingPath(recording);
  if (cut === 'smart') return await joinedClip(path, params, context);
  const extension = clipExtension(await codecOf(path, context));
  if (cut === 'exact' && extension !== '.mp4') return await encodedClip(path, params, context, null);
  const { start, end } = params;
  const { signal, progress } = context;
  const made: ClipFacts[] = [];
  const clip = await context.putFile(extension, async (out) => {
    made.push(await cutClip(path, out, { start, end, exact: cut === 'exact', signal, onProgress: progress }));
  });
  return { clip, ...factsOf(made, 'copied') };
};

/** Exactly the frames asked for; encoded whole where the recording cannot be joined with anything. */
async function joinedClip(path: string, params: TaskParams<'cut-clip'>, context: TaskContext) {
  const { start, end } = params;
  const { signal, progress } = context;
  const made: Omit<MadeClipFacts, 'notJoined'>[] = [];
  let reason: NotJoined = 'no-keyframe';
  const clip = await context.putFile('.mp4', async (out) => {
    const result = await smartCut(path, out, { start, end, signal, onProgress: progress });
    if (result.joined === null) {
      reason = result.reason;
      await viewingCopy(path, out, { start, end, signal, onProgress: progress });
      made.push({ ...factsOf([encodedFacts(start, end)], 'encoded') });
    } else {
      const { head, tail, ...facts } = result.joined;
      made.push({ facts, head, tail, method: head + tail === 0 ? 'copied' : 'joined' });
    }
  });
  const [facts] = made;
  if (facts === undefined) throw new AppError('internal', 'A clip was made without its facts.');
  return { clip, ...facts, notJoined: facts.method === 'encoded' ? reason : null };
}

async function encodedClip(
  path: string,
  { start, end }: TaskParams<'cut-clip'>,
  { putFile, signal, progress }: TaskContext,
  notJoined: NotJoined | null,
) {
  const clip = await putFile('.mp4', (out) => viewingCopy(path, out, { start, end, signal, onProgress: progress }));
  return { clip, ...factsOf([encodedFacts(start, end)], 'encoded'), notJoined };
}

const encodedFacts = (start: number, end: number): ClipFacts => ({
  ...{ start, end, keyframe: start, frames: 0, sound: null },
});

function factsOf(made: readonly ClipFacts[], method: MadeClipFacts['method']): MadeClipFacts {
  const [facts] = made;
  if (facts === undefined) throw new AppError('internal', 'A clip was made without its facts.');
  return { facts, method, head: 0, tail: 0, notJoined: null };
}

async function codecOf(path: string, { signal }: TaskContext): Promise<string> {
  await using reader = await openVideo(path, { signal });
  return reader.info.codec;
}
