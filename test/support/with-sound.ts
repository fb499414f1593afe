/** Adds a tone to a video, whose pictures are copied: in AAC, or as bare samples as many cameras have it. */
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_PCM_S16LE,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { avGetCodecName, Codec, CodecContext, FormatContext, Frame, OutputFormat, Packet, Rational } from 'node-av/lib';

const rate = 48_000;
const mono = AV_CHANNEL_LAYOUT_MONO;

const check = (code: number): void => {
  if (code < 0) throw new Error(`FFmpeg said ${code}`);
};

/** Writes `seconds` of a tone and the pictures of `video` to `path`. */
export async function withSound(
  video: string,
  path: string,
  seconds: number,
  codec: 'aac' | 'pcm' = 'aac',
): Promise<string> {
  await using input = new FormatContext();
  check(await input.openInput(video));
  check(await input.findStreamInfo(null));
  const source = input.streams[input.findBestStream(AVMEDIA_TYPE_VIDEO)];
  if (source === undefined) throw new Error(`${video} has no pictures`);
  const format = OutputFormat.guessFormat(null, path, null);
  if (format === null) throw new Error(`${path} names no container`);
  await using output = new FormatContext();
  check(output.allocOutputContext2(format, null, path));
  const pictures = output.newStream(null);
  check(source.codecpar.copy(pictures.codecpar));
  pictures.codecpar.codecTag = 0;
  pictures.timeBase = source.timeBase;

  const encoder = Codec.findEncoder(codec === 'aac' ? AV_CODEC_ID_AAC : AV_CODEC_ID_PCM_S16LE);
  if (encoder === null) throw new Error(`there is no encoder for ${codec}`);
  using context = new CodecContext();
  context.allocContext3(encoder);
  context.sampleFormat = codec === 'aac' ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
  context.sampleRate = rate;
  context.channelLayout = mono;
  context.timeBase = new Rational(1, rate);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await context.open2(encoder, null));
  const sound = output.newStream(null);
  check(sound.codecpar.fromContext(context));
  sound.timeBase = context.timeBase;
  check(await output.openOutput());
  check(await output.writeHeader(null));
  using packet = new Packet();
  packet.alloc();
  while (input.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === source.index) {
      packet.streamIndex = pictures.index;
      packet.rescaleTs(source.timeBase, pictures.timeBase);
      check(await output.interleavedWriteFrame(packet));
    }
    packet.unref();
  }
  const perFrame = 1024;
  for (let at = 0; at < seconds * rate; at += perFrame) {
    const samples = Float32Array.from(
      { length: perFrame },
      (_, index) => Math.sin(((at + index) * 2 * Math.PI * 440) / rate) / 2,
    );
    const bytes = codec === 'aac' ? samples : Int16Array.from(samples, (sample) => sample * 32_767);
    using frame = Frame.fromAudioBuffer(Buffer.from(bytes.buffer), {
      nbSamples: perFrame,
      format: context.sampleFormat,
      sampleRate: rate,
      channelLayout: mono,
    });
    frame.pts = BigInt(at);
    check(context.sendFrameSync(frame));
    while (context.receivePacketSync(packet) >= 0) {
      packet.streamIndex = sound.index;
      packet.rescaleTs(context.timeBase, sound.timeBase);
      check(await output.interleavedWriteFrame(packet));
    }
  }
  check(await output.writeTrailer());
  await output.closeOutput();
  return path;
}

/** What can be heard in a file: codec, first and last time of a packet in seconds, and the packets' bytes; null for nothing. */
export async function soundIn(path: string) {
  await using input = new FormatContext();
  check(await input.openInput(path));
  check(await input.findStreamInfo(null));
  const stream = input.streams[input.findBestStream(AVMEDIA_TYPE_AUDIO)];
  if (stream === undefined) return null;
  using packet = new Packet();
  packet.alloc();
  const codec = avGetCodecName(stream.codecpar.codecId);
  const times: number[] = [];
  const packets: string[] = [];
  while (input.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === stream.index) {
      times.push((Number(packet.pts) * stream.timeBase.num) / stream.timeBase.den);
      packets.push(packet.data?.toString('hex') ?? '');
    }
    packet.unref();
  }
  await input.closeInput();
  return { codec, times, packets };
}
