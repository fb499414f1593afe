/** Writes encoded pictures as one whole fragmented MP4, in memory. */
import { Dictionary, FormatContext, IOContext, OutputFormat, type Packet, Rational } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { checked } from './failure.ts';
import { type SegmentEncoder, segmentTicks } from './segment-encoder.ts';

const bufferBytes = 64 * 1024;
/** One header, one fragment, nothing that shifts times. */
const settings = {
  movflags: 'empty_moov+default_base_moof+frag_keyframe',
  use_editlist: '0',
  video_track_timescale: String(segmentTicks),
};

/** @param endTicks When the last picture ends. */
export async function muxSegment(
  encoder: SegmentEncoder,
  packets: readonly Packet[],
  endTicks: number,
): Promise<Uint8Array> {
  const check = (code: number) => checked(code, 'A segment', 'internal', 'could not be written');
  const chunks: Buffer[] = [];
  using io = new IOContext();
  io.allocContextWithCallbacks(bufferBytes, 1, null, (chunk) => {
    chunks.push(Buffer.from(chunk));
    return chunk.length;
  });
  await using output = new FormatContext();
  const format = OutputFormat.guessFormat('mp4', null, null);
  if (format === null) throw new AppError('internal', 'This build of FFmpeg cannot write MP4.');
  check(output.allocOutputContext2(format, null, null));
  output.pb = io;
  try {
    const stream = output.newStream(null);
    encoder.describe(stream.codecpar);
    stream.timeBase = new Rational(1, segmentTicks);
    using options = Dictionary.fromObject(settings);
    check(await output.writeHeader(options));
    for (const [index, packet] of packets.entries()) {
      const next = packets[index + 1]?.pts ?? BigInt(endTicks);
      packet.streamIndex = stream.index;
      packet.duration = next - packet.pts;
      check(await output.writeFrame(packet));
    }
    check(await output.writeTrailer());
    await io.flush();
  } finally {
    // Each would free the other's end of it.
    output.pb = null;
  }
  return Buffer.concat(chunks);
}
