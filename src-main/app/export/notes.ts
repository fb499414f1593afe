/** What an export did otherwise than was asked for, and what who hands it on should know, in sentences. */
import type { ViewingStyle } from '../../contract/evidence.ts';
import { baseName } from '../../review/index.ts';
import type { MadeClip, MadeCopy } from './footage-of.ts';
import type { Footage } from './gather.ts';

const reasons: Readonly<Record<NonNullable<MadeClip['notJoined']>, string>> = {
  codec: 'only H.264 can be joined of copied and encoded pictures',
  pictures: 'its pictures are interlaced or of an unusual format',
  clock: 'its time stamps had to be mended',
  'no-keyframe': 'no keyframe lies in the interval at which copying could begin',
  description: 'its description of the video cannot be read',
  'not-decoded': 'the joined clip did not show every frame when it was tried',
};

export function clipNotes({ recording }: Footage, { method, head, tail, notJoined }: MadeClip): string[] {
  const name = baseName(recording.path);
  if (notJoined !== null) return [`The clip of ${name} was encoded anew as a whole: ${reasons[notJoined]}.`];
  if (method === 'encoded') return [`The clip of ${name} was encoded anew as a whole: its codec has no place in MP4.`];
  if (method === 'copied') return [];
  const encoded = [...(head > 0 ? [`the first ${head} frames`] : []), ...(tail > 0 ? [`the last ${tail}`] : [])].join(
    ' and ',
  );
  return [`Of the clip of ${name}, ${encoded} were encoded anew; all others are the recorded ones.`];
}

export function viewingNotes(
  { recording }: Footage,
  { heads, regions }: Required<ViewingStyle>,
  { looked, headsHidden }: Pick<MadeCopy, 'looked' | 'headsHidden'>,
): string[] {
  const name = baseName(recording.path);
  return [
    ...(heads
      ? [
          headsHidden === 0
            ? `No head was found in the ${looked} frames of ${name} that were looked at: nothing is hidden but what you drew.`
            : `In ${name} heads were found by looking at ${looked} frames. The program misses some: look through the copy before you hand it on.`,
        ]
      : []),
    ...(regions.some((region) => region.recording === recording.id)
      ? [`In ${name} the regions that you drew are hidden for the times that you gave.`]
      : []),
  ];
}
