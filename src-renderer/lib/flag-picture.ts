/** Where a flag is looked at: the picture that stands for it, and where the player begins. */
import type { Flag } from '../../src-main/contract/flag.ts';
import type { MediaTarget, PictureWidth } from '../../src-main/contract/media.ts';

/** The frame in the middle of the flagged interval. */
export function flagPicture(flag: Flag, width: PictureWidth): MediaTarget {
  const milliseconds = Math.round(((flag.start + flag.end) / 2) * 1000);
  return { kind: 'picture', recording: flag.recording, milliseconds, width };
}

/** What comes before is shown with it: seconds. */
const leadIn = 2;

/** Where the player begins when a flag is opened. */
export const openingTime = ({ start }: { readonly start: number }): number => Math.max(0, start - leadIn);
