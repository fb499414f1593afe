/** The pictures of a report: frames that the explanation rests on. */
import { appErrorFrom } from '../../contract/errors.ts';
import type { ExportedFlag } from '../../review/index.ts';
import { type FootageTools, pictureAt } from './footage-of.ts';
import type { ReportFlag } from './report-html.ts';

/** Of a flag: enough to see what it is about. */
export const mostPictures = 6;
/** Pixels. */
const pictureWidth = 480;

/** A recording that is gone has none: what was found stands all the same. */
export async function picturesOf(exported: ExportedFlag, tools: FootageTools): Promise<ReportFlag['pictures']> {
  const times = [...new Set(exported.flag.claims.flatMap(({ evidence }) => evidence))].toSorted((a, b) => a - b);
  const chosen = times
    .filter((_, index) => (index * mostPictures) % times.length < mostPictures)
    .slice(0, mostPictures);
  const pictures = [];
  for (const [index, seconds] of chosen.entries()) {
    tools.onShare(index / chosen.length);
    try {
      const jpeg = await pictureAt(tools, exported.recording, seconds, pictureWidth);
      pictures.push({ seconds, url: `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}` });
    } catch (error) {
      const { code } = appErrorFrom(error);
      if (code === 'cancelled' || code === 'disk-full') throw error;
    }
  }
  return pictures;
}
