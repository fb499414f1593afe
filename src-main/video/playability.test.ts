import { describe, expect, test } from 'vitest';
import { type PlayabilityFacts, readMatroskaHead, reasonForSegments, type SegmentsReason } from './playability.ts';

const played: PlayabilityFacts = {
  container: 'mp4',
  videoStreams: 1,
  codec: 'h264',
  tag: 'avc1',
  isEightBit420: true,
  packets: 50,
  promisedPackets: 50,
  isIndexed: true,
  hasRepairs: false,
  hidden: 0,
  start: 0,
  last: 1.96,
  claimedSeconds: 2,
  isPlainTurn: true,
};
const webm = { container: 'webm', codec: 'vp9', tag: '[0][0][0][0]', promisedPackets: 0 } as const;

describe('what a browser plays as it is', () => {
  test.each<[string, Partial<PlayabilityFacts>]>([
    ['H.264 in mp4', {}],
    ['AV1 in mp4', { codec: 'av1', tag: 'av01' }],
    ['VP8 in WebM', { ...webm, codec: 'vp8' }],
    ['VP9 in WebM', webm],
    ['AV1 in WebM that begins late', { ...webm, codec: 'av1', start: 2, claimedSeconds: 4 }],
  ])('%s', (_what, facts) => {
    expect(reasonForSegments({ ...played, ...facts })).toBeNull();
  });
});

describe('what is played in segments', () => {
  test.each<[string, SegmentsReason, Partial<PlayabilityFacts>]>([
    ['AVI, a transport stream, Matroska', 'container', { container: null }],
    ['two pictures at once', 'container', { videoStreams: 2 }],
    ['an mp4 in fragments', 'container', { promisedPackets: 0, isIndexed: false }],
    ['a WebM without an index', 'container', { ...webm, isIndexed: false }],
    ['HEVC', 'codec', { codec: 'hevc', tag: 'hvc1' }],
    ['MPEG-4 in mp4', 'codec', { codec: 'mpeg4', tag: 'mp4v' }],
    ['H.264 whose headers are in the stream', 'codec', { tag: 'avc3' }],
    ['VP8 in mp4', 'codec', { codec: 'vp8', tag: 'vp08' }],
    ['H.264 in WebM', 'codec', { ...webm, codec: 'h264' }],
    ['10 bit, 4:2:2', 'pixel-format', { isEightBit420: false }],
    ['a mirrored picture', 'rotation', { isPlainTurn: false }],
    ['a file that is cut off', 'damaged', { packets: 40 }],
    ['times that were repaired', 'timestamps', { hasRepairs: true }],
    ['frames that an edit list hides', 'timestamps', { hidden: 3 }],
    ['a start before zero', 'timestamps', { start: -0.04 }],
    // Chromium takes 2 s for its whole length, and shows nothing behind it.
    ['an mp4 that begins late', 'timestamps', { start: 2 }],
  ])('%s: %s', (_what, reason, facts) => {
    expect(reasonForSegments({ ...played, ...facts })).toBe(reason);
  });
});

describe('readMatroskaHead', () => {
  const head = (docType: string, rest: readonly number[]) =>
    Uint8Array.from([
      ...[0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x80 | docType.length],
      ...Buffer.from(docType),
      ...rest,
    ]);
  const seekEntry = [0x53, 0xab, 0x84, 0x1c, 0x53, 0xbb, 0x6b];
  test.each([
    ['WebM with an index', head('webm', seekEntry), { isWebm: true, isIndexed: true }],
    ['WebM without one', head('webm', [1, 2, 3]), { isWebm: true, isIndexed: false }],
    ['Matroska', head('matroska', seekEntry), { isWebm: false, isIndexed: true }],
    ['nothing', new Uint8Array(), { isWebm: false, isIndexed: false }],
    ['a name that is cut off', head('webm', []).subarray(0, 10), { isWebm: false, isIndexed: false }],
  ])('%s', (_what, bytes, expected) => {
    expect(readMatroskaHead(bytes)).toEqual(expected);
  });
});
