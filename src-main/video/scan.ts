/** Reads all packets of a source once and makes the recording's clock of them. */
import { AV_NOPTS_VALUE, AV_PKT_FLAG_DISCARD } from 'node-av/constants';
import { AppError } from '../contract/errors.ts';
import { displayOrderOf } from './display-order.ts';
import { pauser } from './pause.ts';
import type { PacketSource, SeekPoints } from './source.ts';
import { emptyLog, lacksPts, timelineOf, type PacketLog, type Timeline } from './timeline.ts';

/** What stays of a scan: about 16 bytes a packet, so that a day's recording fits. */
export interface Scan {
  readonly timeline: Timeline;
  /** [N] compressed size of each packet, in the order of the file. */
  readonly bytes: Uint32Array;
  readonly seekPoints: SeekPoints;
}

/** How many packets pass between two calls of `onProgress`. */
const progressEveryPackets = 2048;

/** Errors: `no-video` where there is not one packet, `cancelled`. */
export async function scanSource(
  source: PacketSource,
  frameRate: number | null,
  options: { signal?: AbortSignal | undefined; onProgress?: ((seconds: number) => void) | undefined } = {},
): Promise<Scan> {
  const { signal, onProgress } = options;
  const pause = pauser(source.path, signal);
  await source.restart(signal);
  const log = emptyLog();
  const { tickSeconds } = source;
  let latest = 0;
  while (source.read()) {
    const { packet } = source;
    const { flags } = packet;
    const pts = ticksOf(packet.pts);
    const dts = ticksOf(packet.dts);
    log.pts.push(pts);
    log.dts.push(dts);
    log.duration.push(Number(packet.duration));
    log.position.push(Number(packet.pos));
    log.bytes.push(packet.size);
    log.keyframe.push(packet.isKeyframe);
    log.hidden.push((flags & AV_PKT_FLAG_DISCARD) !== 0);
    if (onProgress !== undefined && log.bytes.length % progressEveryPackets === 0) {
      const first = log.dts.find((tick) => !Number.isNaN(tick)) ?? 0;
      latest = Math.max(latest, (dts - first) * tickSeconds || 0);
      onProgress(latest);
    }
    const turn = pause();
    if (turn !== null) await turn;
  }
  if (log.bytes.length === 0) {
    throw new AppError('no-video', `${source.path} has a video track without a single frame.`, {
      details: { path: source.path },
    });
  }
  let order: Uint32Array | null = null;
  if (lacksPts(log)) {
    await source.restart(signal);
    order = await displayOrderOf(source, log, pause);
  }
  const timeline = timelineOf(log, tickSeconds, frameRate, order);
  onProgress?.(timeline.seconds);
  return { timeline, bytes: Uint32Array.from(log.bytes), seekPoints: seekPointsOf(log, timeline) };
}

function seekPointsOf(log: PacketLog, { keyframes }: Timeline): SeekPoints {
  const stampOf = (packet: number) => {
    const dts = log.dts[packet] ?? Number.NaN;
    return Number.isNaN(dts) ? (log.pts[packet] ?? Number.NaN) : dts;
  };
  return {
    packets: keyframes,
    positions: Float64Array.from(keyframes, (packet) => log.position[packet] ?? -1),
    stamps: Float64Array.from(keyframes, stampOf),
  };
}

function ticksOf(stamp: bigint): number {
  return stamp === AV_NOPTS_VALUE ? Number.NaN : Number(stamp);
}
