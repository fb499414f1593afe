/** Decides whether a browser plays a file as it is, with the times that we give its frames; pure. */

/** Why a file is played in segments instead. */
export type SegmentsReason = 'container' | 'codec' | 'pixel-format' | 'timestamps' | 'rotation' | 'damaged';

/** What is known of a file once all its packets were read. */
export interface PlayabilityFacts {
  /** `mp4` also for mov; null for every other container, a Matroska file that is no WebM among them. */
  readonly container: 'mp4' | 'webm' | null;
  readonly videoStreams: number;
  /** FFmpeg's names. */
  readonly codec: string;
  /** FFmpeg's four letters for the kind of stream in an mp4. */
  readonly tag: string;
  readonly isEightBit420: boolean;
  /** Packets read, and how many the index of the container promises; 0 where it promises none. */
  readonly packets: number;
  readonly promisedPackets: number;
  /** There is an index to seek by. */
  readonly isIndexed: boolean;
  readonly hasRepairs: boolean;
  /** Packets that the container says not to show. */
  readonly hidden: number;
  /** First and last frame by the container's clock, and how long the container says that it is; seconds. */
  readonly start: number;
  readonly last: number;
  readonly claimedSeconds: number;
  readonly isPlainTurn: boolean;
}

/**
 * Codecs that Chromium decodes without help of the system, by container. HEVC is in none: without a hardware decoder
 * Chromium plays it without an error and without a picture.
 */
const playedCodecs: Readonly<Record<'mp4' | 'webm', Readonly<Record<string, string | null>>>> = {
  mp4: { h264: 'avc1', vp9: 'vp09', av1: 'av01' },
  webm: { vp8: null, vp9: null, av1: null },
};

/** Null where a browser certainly plays it. Where the facts leave a doubt, it is a reason. */
export function reasonForSegments(facts: PlayabilityFacts): SegmentsReason | null {
  const { container, start, last } = facts;
  if (container === null || facts.videoStreams !== 1) return 'container';
  const tag = playedCodecs[container][facts.codec];
  if (tag === undefined || (tag !== null && tag !== facts.tag)) return 'codec';
  if (!facts.isEightBit420) return 'pixel-format';
  if (!facts.isPlainTurn) return 'rotation';
  // Cut off, or written in fragments, whose index a browser knows as far as it has read.
  if (facts.promisedPackets > 0 && facts.packets < facts.promisedPackets) return 'damaged';
  if (!facts.isIndexed) return 'container';
  // Chromium shows frames at the container's own times, and none before zero or beyond the length that it claims.
  const isWithin = start >= 0 && start + last <= facts.claimedSeconds;
  return facts.hasRepairs || facts.hidden > 0 || !isWithin ? 'timestamps' : null;
}

const docType = Buffer.from([0x42, 0x82, 0x84]);
const cuesId = Buffer.from([0x1c, 0x53, 0xbb, 0x6b]);

/**
 * What the first bytes of a Matroska file say: whether it is a WebM, and whether its list of contents names an index.
 * Source: RFC 8794 §11.2.7, RFC 9559 §5.1.1.
 */
export function readMatroskaHead(head: Uint8Array): { readonly isWebm: boolean; readonly isIndexed: boolean } {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const at = bytes.indexOf(docType);
  const name = at < 0 ? '' : bytes.toString('latin1', at + docType.length, at + docType.length + 4);
  return { isWebm: name === 'webm', isIndexed: bytes.includes(cuesId) };
}
