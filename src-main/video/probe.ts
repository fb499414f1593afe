/** The facts about a file that its container and its packets tell. */
import { AV_NOPTS_VALUE, AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { avGetCodecName } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { displayedSize } from './picture-area.ts';
import { rotationOf } from './rotation.ts';
import type { PacketSource } from './source.ts';
import type { Timeline } from './timeline.ts';
import type { VideoInfo } from './types.ts';

/** Larger sides are a damaged header's, not a camera's; memory for them is never asked for. */
const longestSide = 16_384;
const mostTags = 64;
const longestTag = 500;
const earliestYear = 1980;

/**
 * Errors: `video-damaged` where the size is missing, `video-unsupported` where it is beyond 16384 pixels.
 * @param timeline Where packets were scanned, the truth about duration and rate.
 */
export function infoOf(source: PacketSource, timeline: Timeline | null): VideoInfo {
  const { path, stream, container } = source;
  const { codecpar } = stream;
  const { width, height } = codecpar;
  if (width <= 0 || height <= 0) {
    throw new AppError('video-damaged', `${path} does not say how large its pictures are.`, { details: { path } });
  }
  if (width > longestSide || height > longestSide) {
    const size = `${width} × ${height} pixels`;
    throw new AppError(
      'video-unsupported',
      `${path} claims pictures of ${size}; at most ${longestSide} a side are read.`,
      {
        details: { path, width, height },
      },
    );
  }
  const rotation = rotationOf(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX));
  const streamAspect = stream.sampleAspectRatio;
  const aspect = streamAspect.num > 0 ? streamAspect : codecpar.sampleAspectRatio;
  const tags = tagsOf(source, timeline);
  return {
    container: container.iformat?.name ?? 'unknown',
    codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
    ...displayedSize(width, height, aspect, rotation),
    rotation,
    seconds: timeline?.seconds ?? claimedSeconds(source),
    frameRate: frameRateOf(source, timeline),
    createdAt: createdAtOf(tags),
    tags,
  };
}

/** What the container says of the stream's length; 0 where it says nothing that could be true. */
export function claimedSeconds(source: PacketSource): number {
  const { duration } = source.stream;
  if (duration > 0n) return Number(duration) * source.tickSeconds;
  const whole = source.container.duration;
  return whole === AV_NOPTS_VALUE || whole <= 0n ? 0 : Number(whole) / 1e6;
}

/** Frames per second by the container, before a scan; null where it does not say. */
export function claimedFrameRate(source: PacketSource): number | null {
  for (const { num, den } of [source.stream.avgFrameRate, source.stream.rFrameRate]) {
    const rate = num / den;
    // A rate of 1000 and more is the clock's, not the camera's.
    if (num > 0 && den > 0 && rate < 1000) return rate;
  }
  return null;
}

function frameRateOf(source: PacketSource, timeline: Timeline | null): number | null {
  const claimed = claimedFrameRate(source);
  if (claimed !== null || timeline === null || timeline.seconds <= 0) return claimed;
  return timeline.times.length / timeline.seconds;
}

function tagsOf(source: PacketSource, timeline: Timeline | null): Record<string, string> {
  const all = { ...source.stream.metadata?.getAll(), ...source.container.metadata?.getAll() };
  const tags = Object.entries(all)
    .slice(0, mostTags)
    .map(([name, value]) => [name.slice(0, longestTag), value.slice(0, longestTag)] as const);
  const repairs = timeline?.repairs ?? null;
  return Object.fromEntries(repairs === null ? tags : [...tags, ['anom-pi:timestamps', repairs] as const]);
}

function createdAtOf(tags: Readonly<Record<string, string>>): string | null {
  const text = tags['creation_time'] ?? tags['com.apple.quicktime.creationdate'] ?? tags['date'];
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return null;
  const time = new Date(text.replace(' ', 'T'));
  // mp4 counts from 1904 and recorders without a clock write zero, or 1970.
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < earliestYear ? null : time.toISOString();
}
