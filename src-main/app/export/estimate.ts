/** About how large an export will be; pure. */
import type { ViewingStyle } from '../../contract/evidence.ts';
import type { Recording } from '../../contract/recording.ts';
import type { Interval } from '../../math/interval.ts';
import { mostPictures } from './report-pictures.ts';
import type { ExportRequest } from './request.ts';

interface Part {
  readonly recording: Pick<Recording, 'id' | 'bytes' | 'video'>;
  readonly span: Interval;
}

/** Seconds from a keyframe to what is wanted, at most as cameras usually set them. */
const leadIn = 2;
/** Bits of an encoded pixel: x264 at the quality of viewing copies, over footage of fixed cameras. */
const bitsPerPixel = 0.06;
/** A JPEG in a report, as base64; and all that is written about a flag. */
const pictureBytes = 45_000;
const recordBytes = { csv: 900, json: 6_000, webvtt: 500, cvat: 700 } as const;
/** Explanation, trajectory and the rest of a flag's folder in a package. */
const folderBytes = 150_000;

export function estimatedBytes(
  { format, cut, whole, viewing }: Pick<ExportRequest, 'format' | 'cut' | 'whole' | 'viewing'>,
  parts: readonly Part[],
): number {
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  switch (format) {
    case 'clip':
      return sum((part) => copiedBytes(part, cut === 'smart' ? 0 : leadIn));
    case 'viewing':
      return sum((part) => encodedBytes(part, viewing));
    case 'package': {
      const originals = new Map(parts.map(({ recording }) => [recording.id, recording.bytes]));
      const files = whole ? [...originals.values()].reduce((total, bytes) => total + bytes, 0) : 0;
      return files + sum((part) => folderBytes + copiedBytes(part, leadIn) + encodedBytes(part, viewing));
    }
    case 'html':
    case 'pdf':
      return 10_000 + parts.length * mostPictures * pictureBytes;
    case 'csv':
    case 'json':
    case 'webvtt':
    case 'cvat':
      return 500 + parts.length * recordBytes[format];
    default:
      return format satisfies never;
  }
}

function copiedBytes({ recording: { bytes, video }, span }: Part, lead: number): number {
  if (video === null || video.seconds <= 0) return bytes;
  return Math.min(bytes, (bytes * (span.end - span.start + lead)) / video.seconds);
}

function encodedBytes({ recording: { video }, span }: Part, { draw }: Pick<ViewingStyle, 'draw'>): number {
  if (video === null) return 0;
  const pixels = video.width * video.height * (video.frameRate ?? 25) * (span.end - span.start);
  // Lines that move are dear.
  return (pixels * bitsPerPixel * ((draw?.length ?? 0) > 0 ? 1.3 : 1)) / 8;
}
