/** Finds the order in which frames are shown in streams that store no presentation times (raw H.264 and HEVC, AVI). */
import { AVERROR_EAGAIN, AVERROR_EOF, AV_NOPTS_VALUE } from 'node-av/constants';
import { BitStreamFilter, BitStreamFilterContext, Packet, avGetCodecName, type Stream } from 'node-av/lib';
import { isIdr } from './nal.ts';
import type { PacketSource } from './source.ts';
import type { PacketLog } from './timeline.ts';

/**
 * The place of each packet in presentation order, [N]. For H.264 and HEVC the source is read to its end once more, from
 * where it stands, which has to be the first packet.
 * @param pause Called between packets, so that the caller can give way to others and stop.
 */
export async function displayOrderOf(
  source: PacketSource,
  log: PacketLog,
  pause: () => Promise<void> | null,
): Promise<Uint32Array> {
  const count = log.bytes.length;
  const { codecpar } = source.stream;
  if (codecpar.videoDelay === 0) return Uint32Array.from({ length: count }, (_, number) => number);
  const codec = avGetCodecName(codecpar.codecId) ?? '';
  if (codec !== 'h264' && codec !== 'hevc') return orderOfReferences(log.pts.map((pts) => !Number.isNaN(pts)));

  // Picture order counts start over at each IDR frame, which is shown after all that came before it in the file.
  const placeOf = new Uint32Array(count);
  using period = new CountedPeriod(source.stream);
  let periodStart = 0;
  let number = 0;
  const endPeriod = () => {
    period.places().forEach((place, index) => {
      placeOf[periodStart + index] = periodStart + place;
    });
    periodStart = number;
  };
  for (; number < count && source.read(); number++) {
    const { packet } = source;
    if (number > 0 && packet.isKeyframe && packet.data !== null && isIdr(codec, packet.data)) endPeriod();
    period.add(packet);
    const turn = pause();
    if (turn !== null) await turn;
  }
  endPeriod();
  return placeOf;
}

/**
 * The order of MPEG-1, -2 and -4: a frame that others refer to is shown when the next such frame follows in the file.
 * @param isBetween [N] true for B-frames, which FFmpeg gives a PTS even in AVI because they are shown at once; pure.
 * @returns [N] place of each packet in presentation order.
 */
export function orderOfReferences(isBetween: readonly boolean[]): Uint32Array {
  const placeOf = new Uint32Array(isBetween.length);
  let place = 0;
  let held: number | null = null;
  isBetween.forEach((between, number) => {
    if (between) {
      placeOf[number] = place++;
      return;
    }
    if (held !== null) placeOf[held] = place++;
    held = number;
  });
  if (held !== null) placeOf[held] = place;
  return placeOf;
}

/** The packets from one IDR frame to the next, put in order by FFmpeg's `dts2pts` filter, which reads the slice headers. */
class CountedPeriod implements Disposable {
  private readonly stream: Stream;
  private readonly received = new Packet();
  private filter: BitStreamFilterContext | null = null;
  private shownAt: number[] = [];

  constructor(stream: Stream) {
    this.stream = stream;
    this.received.alloc();
  }

  add(packet: Packet): void {
    const number = this.shownAt.length;
    // Where the filter does not understand a packet, the order of the file is the best guess; it adds the delay to all.
    this.shownAt.push(number + this.stream.codecpar.videoDelay);
    this.filter ??= dtsToPts(this.stream);
    packet.pts = AV_NOPTS_VALUE;
    packet.dts = BigInt(number);
    packet.duration = 1n;
    if (this.filter !== null && this.filter.sendPacketSync(packet) >= 0) this.receive();
  }

  /** [n] place of each packet added since the last call. */
  places(): Uint32Array {
    if (this.filter !== null && this.filter.sendPacketSync(null) >= 0) this.receive();
    this.filter?.free();
    this.filter = null;
    const { shownAt } = this;
    this.shownAt = [];
    const places = new Uint32Array(shownAt.length);
    const packets = Array.from(shownAt.keys()).sort((a, b) => compare(shownAt[a] ?? 0, shownAt[b] ?? 0) || a - b);
    packets.forEach((number, place) => {
      places[number] = place;
    });
    return places;
  }

  [Symbol.dispose](): void {
    this.filter?.free();
    this.received.free();
  }

  private receive(): void {
    const { received } = this;
    for (;;) {
      const code = this.filter?.receivePacketSync(received) ?? AVERROR_EOF;
      if (code === AVERROR_EAGAIN || code < 0) return;
      // The filter finds no time for frames that are shown after the last packet of the period: the last ones, that is.
      const isLate = received.pts === AV_NOPTS_VALUE;
      this.shownAt[Number(received.dts)] = isLate ? Infinity : Number(received.pts);
      received.unref();
    }
  }
}

/** As a difference, but of infinities too. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function dtsToPts(stream: Stream): BitStreamFilterContext | null {
  const filter = BitStreamFilter.getByName('dts2pts');
  if (filter === null) return null;
  const context = new BitStreamFilterContext();
  const parameters = context.alloc(filter) < 0 ? null : context.inputCodecParameters;
  if (parameters !== null && stream.codecpar.copy(parameters) >= 0) {
    context.inputTimeBase = stream.timeBase;
    if (context.init() >= 0) return context;
  }
  context.free();
  return null;
}
