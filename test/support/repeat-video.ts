/** Makes a long recording from a short one by copying its packets over and over: no encoding, so it takes seconds. */
import { FormatContext, Packet, Rational } from 'node-av/lib';

/** Writes `repeats` copies of the video stream of `from`, one after the other, to `to`. `from` begins with a keyframe. */
export async function repeatVideo(from: string, to: string, repeats: number): Promise<void> {
  await using output = new FormatContext();
  check(output.allocOutputContext2(null, null, to), `create ${to}`);
  let offset = 0n;
  for (let repeat = 0; repeat < repeats; repeat++) {
    await using input = new FormatContext();
    check(await input.openInput(from), `open ${from}`);
    check(await input.findStreamInfo(), `read ${from}`);
    const source = input.streams?.find((stream) => stream.codecpar.width > 0);
    if (source === undefined) throw new Error(`${from} has no video`);
    if (repeat === 0) {
      const made = output.newStream(null);
      check(source.codecpar.copy(made.codecpar), 'copy the parameters');
      made.codecpar.codecTag = 0;
      made.timeBase = new Rational(source.timeBase.num, source.timeBase.den);
      check(await output.openOutput(), `open ${to}`);
      check(await output.writeHeader(), `begin ${to}`);
    }
    const [target] = output.streams ?? [];
    if (target === undefined) throw new Error(`${to} has no stream`);
    let end = offset;
    using packet = new Packet();
    packet.alloc();
    while ((await input.readFrame(packet)) >= 0) {
      if (packet.streamIndex === source.index) {
        packet.pts += offset;
        packet.dts += offset;
        if (packet.pts + packet.duration > end) end = packet.pts + packet.duration;
        packet.streamIndex = 0;
        packet.rescaleTs(source.timeBase, target.timeBase);
        check(await output.interleavedWriteFrame(packet), `write ${to}`);
      }
      packet.unref();
    }
    offset = end;
  }
  check(await output.writeTrailer(), `finish ${to}`);
  await output.closeOutput();
}

function check(code: number, what: string): void {
  if (code < 0) throw new Error(`could not ${what}: FFmpeg error ${code}`);
}
