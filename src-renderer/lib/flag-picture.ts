/** Where a flag is looked at: the picture that stands for it, and where the player begins. */
import type { Flag } from '../../src-main/contract/flag.ts';
import type { MediaTarget, PictureWidth } from '../../src-main/contract/media.ts';

/** The frame in the middle of the flagged interval. */
export function flagPicture(flag: Flag, width: PictureWidth): MediaTarget {
  const milliseconds = Math.round(((flag.start + flag.end) / 2) * 1000);
  return { kind: 'picture', recording: flag.recording, milliseconds, width };
}

/** Where the player begins when a flag is opened, with `leadIn` seconds of what comes before. */
export const openingTime = ({ start }: { readonly start: number }, leadIn: number): number =>
  Math.max(0, start - leadIn);
