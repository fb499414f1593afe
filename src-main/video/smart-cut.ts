/** Cuts a clip to the frame: packets are copied wherever they can be, and only what lies beside the keyframes is encoded. */
import { AV_FRAME_FLAG_INTERLACED, AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import type { Packet } from 'node-av/lib';
import { ClipWriter, clipTicks, decodingTimes, type ShownSpan } from './clip-writer.ts';
import { type ClipFacts, endsBefore, mp4Sound, nothingShown, shownRanks } from './cut-clip.ts';
import { FrameFlow } from './frame-flow.ts';
import { JoinEncoder, putLengths } from './join-encoder.ts';
import { isIdr } from './nal.ts';
import { freeId, jointConfiguration, parameterSetsFrom, profileOf } from './parameter-sets.ts';
import { openPacketReader, type PacketReader } from './reader.ts';
import type { Scan } from './scan.ts';
import { middleOf, type Middle } from './smart-plan.ts';
import { SoundTrack } from './sound-track.ts';

interface SmartCutOptions {
  /** Seconds of the recording. */
  readonly start: number;
  readonly end: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Why a clip cannot be joined of copied and encoded pictures. */
export type NotJoined =
  /** Only H.264 is joined: other codecs' encoders cannot be told apart from the recording's by ids. */
  | 'codec'
  /** Interlaced, or of another sample format than 4:2:0 with eight bits. */
  | 'pictures'
  /** The recording's clock had to be mended. */
  | 'clock'
  /** There is no keyframe in it at which a decoder can begin afresh. */
  | 'no-keyframe'
  /** The recording's own description cannot be read. */
  | 'description'
  /** What was joined did not decode to the frames that it should show. */
  | 'not-decoded';

interface SmartFacts extends ClipFacts {
  /** Frames encoded before and after the copied ones. */
  readonly head: number;
  readonly tail: number;
}

type SmartResult = { readonly joined: SmartFacts } | { readonly joined: null; readonly reason: NotJoined };

const decodingThreads = 2;

/**
 * Writes exactly the frames shown in `[start, end)` into the new file `out` (MP4), the first being the one on screen at
 * `start`; the copied packets are the recording's own, byte for byte but for the way in which their lengths are written.
 * The clip is decoded once before it counts as made; where joining is not possible nothing of use is left in `out`, and the
 * reason is returned.
 * Errors: as of `cutClip`.
 */
export async function smartCut(path: string, out: string, options: SmartCutOptions): Promise<SmartResult> {
  const { start, end, signal } = options;
  await using reader = await openPacketReader(path, signal === undefined ? {} : { signal });
  const scan = await reader.scanned(signal);
  const { timeline } = scan;
  const ranks = shownRanks(scan, start, end);
  if (ranks === null) throw nothingShown(path, start, end);
  if (timeline.repairs !== null || timeline.hidden > 0) return refused('clock');
  if (reader.info.codec !== 'h264') return refused('codec');
  const own = parameterSetsFrom(reader.source.stream.codecpar.extradata);
  const id = own === null ? null : freeId(own);
  if (own === null || id === null) return refused('description');
  const { format } = reader.source.stream.codecpar;
  if (format !== AV_PIX_FMT_YUV420P && format !== AV_PIX_FMT_YUVJ420P) return refused('pictures');
  const middle = await firstMiddle(reader, scan, ranks, signal);
  if (middle === null) return refused('no-keyframe');

  const shownFrom = timeline.times[ranks.from] ?? start;
  const shownTo = timeline.times[ranks.to] ?? timeline.seconds;
  const span: ShownSpan = { shownFrom, shownTo };
  const tickOf = (rank: number) => Math.round(((timeline.times[rank] ?? shownTo) - shownFrom) * clipTicks);
  await using flow = await FrameFlow.open(path, scan, decodingThreads, signal);
  const total = ranks.to - ranks.from;
  const frameRate = reader.info.frameRate ?? 25;
  const encode = async (from: number, to: number) => {
    let encoder: JoinEncoder | null = null;
    for await (const { rank, frame } of flow.between(from, to, signal)) {
      // A frame that is damaged is missing; the one before it stays on the screen.
      if (rank < from) continue;
      if (frame.hasFlags(AV_FRAME_FLAG_INTERLACED)) {
        encoder?.[Symbol.dispose]();
        return 'interlaced' as const;
      }
      encoder ??= await JoinEncoder.open(frame, frameRate, id, profileOf(own));
      encoder.add(frame, tickOf(rank));
      options.onProgress?.(rank - from + 1, total);
    }
    return encoder;
  };
  const headEncoder = await encode(ranks.from, middle.from);
  if (headEncoder === 'interlaced') return refused('pictures');
  using head = headEncoder;
  const tailEncoder = await encode(middle.to, ranks.to);
  if (tailEncoder === 'interlaced') return refused('pictures');
  using tail = tailEncoder;

  const [before, after] = [head?.finish() ?? [], tail?.finish() ?? []];
  const encoded = head ?? tail;
  const configuration =
    encoded === null ? (own.isAnnexB ? jointConfiguration(own, noSets) : null) : jointConfiguration(own, encoded.sets);
  await using track = await SoundTrack.open(path, timeline, shownFrom, signal);
  const isCopied = track !== null && mp4Sound.has(track.codec);
  const pts = [
    ...before.map(({ tick }) => tick),
    ...middle.packets.map((packet) => tickOf(timeline.rankOf[packet] ?? 0)),
    ...after.map(({ tick }) => tick),
  ];
  const dts = decodingTimes(pts);
  const ends = endsOf(pts, tickOf(ranks.to));
  {
    await using writer = await ClipWriter.open(out, reader.source.stream, isCopied ? track : null, span, configuration);
    let place = 0;
    const write = async (packet: Packet) => {
      const tick = pts[place] ?? 0;
      await writer.write(packet, {
        pts: tick,
        dts: dts[place] ?? tick,
        duration: Math.max(1, (ends.get(tick) ?? tick) - tick),
      });
      place++;
      options.onProgress?.(place, total);
    };
    for (const { packet } of before) await write(packet);
    for await (const packet of copied(reader, scan, middle, own.isAnnexB, signal)) await write(packet);
    for (const { packet } of after) await write(packet);
    await writer.finish();
  }
  if ((await decodedFrames(out, signal)) !== pts.length) return refused('not-decoded');
  const sound = track === null ? null : { codec: track.codec, isCopied };
  return {
    joined: {
      ...{ start: shownFrom, end: shownTo, keyframe: shownFrom, frames: middle.packets.length, sound },
      ...{ head: before.length, tail: after.length },
    },
  };
}

const refused = (reason: NotJoined): SmartResult => ({ joined: null, reason });
const noSets = { sequence: [], picture: [], isAnnexB: true } as const;

/** The first stretch that begins at an IDR frame: there the decoder forgets what was encoded before. */
async function firstMiddle(
  reader: PacketReader,
  scan: Scan,
  ranks: { readonly from: number; readonly to: number },
  signal: AbortSignal | undefined,
): Promise<Middle | null> {
  const { keyframes, rankOf } = scan.timeline;
  for (const keyframe of keyframes) {
    const rank = rankOf[keyframe] ?? -1;
    if (rank < ranks.from || rank >= ranks.to) continue;
    const middle = middleOf(scan.timeline, keyframe, ranks.to);
    if (middle === null) continue;
    if (!(await reader.source.moveTo(keyframe, scan.seekPoints, signal)) || !reader.source.read()) continue;
    const { data } = reader.source.packet;
    if (data !== null && isIdr('h264', data)) return middle;
  }
  return null;
}

/** The packets of `middle` as MP4 has them. Errors: `file-unreadable` where they are not there any more. */
async function* copied(
  { source }: PacketReader,
  scan: Scan,
  { packets }: Middle,
  isAnnexB: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Packet> {
  const [first] = packets;
  if (first === undefined || !(await source.moveTo(first, scan.seekPoints, signal))) throw endsBefore(source.path);
  for (let count = 0; count < packets.length; count++) {
    if (!source.read()) throw endsBefore(source.path);
    const { packet } = source;
    if (isAnnexB) putLengths(packet);
    yield packet;
  }
}

/** When each is over: where the next one is shown. */
function endsOf(pts: readonly number[], end: number): ReadonlyMap<number, number> {
  const order = pts.toSorted((a, b) => a - b);
  return new Map(order.map((tick, index) => [tick, order[index + 1] ?? end]));
}

/** How many frames a decoder makes of the clip. */
async function decodedFrames(path: string, signal: AbortSignal | undefined): Promise<number> {
  await using reader = await openPacketReader(path, signal === undefined ? {} : { signal });
  const scan = await reader.scanned(signal);
  await using flow = await FrameFlow.open(path, scan, decodingThreads, signal);
  let count = 0;
  let last = -1;
  for await (const { rank } of flow.between(0, scan.timeline.times.length, signal)) {
    if (rank !== last) count++;
    last = rank;
  }
  return count;
}
