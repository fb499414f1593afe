/** The player, wherever it is: its buttons, and what is really on screen. */
import type { Page } from 'playwright-core';

export interface Picture {
  /** Seconds into what the element plays. */
  readonly time: number;
  readonly width: number;
  /** Standard deviation of the luma of the frame on screen, 0 to 255: next to nothing for black or grey. */
  readonly contrast: number;
}

export function playerOf(page: Page) {
  const controls = page.getByRole('group', { name: 'Playback' });
  const video = page.getByLabel('Picture', { exact: true });
  return {
    play: controls.getByRole('button', { name: 'Play' }),
    pause: controls.getByRole('button', { name: 'Pause' }),

    /** What the video element shows at this moment, looked at as a person would: by its pixels. */
    picture: (): Promise<Picture> =>
      video.evaluate((element) => {
        if (!(element instanceof HTMLVideoElement)) throw new Error('The picture is no video.');
        const [width, height] = [64, 36];
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        if (context === null) throw new Error('There is no canvas.');
        context.drawImage(element, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        const luma = Array.from(
          { length: width * height },
          (_, at) => 0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0),
        );
        const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
        const variance = luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / luma.length;
        return { time: element.currentTime, width: element.videoWidth, contrast: Math.sqrt(variance) };
      }),
  };
}
