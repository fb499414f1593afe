/** What was seen along a viewing copy, in a file beside it, by the copy's own clock. */
import type { OverlayFrame } from '../../contract/overlay.ts';

/** @param shownFrom The second of the recording with which the copy begins. */
export const sidecarJson = (
  frames: readonly OverlayFrame[],
  facts: { readonly recording: string; readonly shownFrom: number; readonly shownTo: number },
): string =>
  `${JSON.stringify(
    {
      format: 'anom-pi overlay 1',
      ...facts,
      about: 'Times in seconds of the copy; boxes and keypoints in shares of the picture from its upper left corner.',
      frames: frames.map(({ time, items }) => ({ time: Math.round((time - facts.shownFrom) * 1000) / 1000, items })),
    },
    null,
    1,
  )}\n`;
