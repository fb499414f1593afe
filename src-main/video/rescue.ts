/** Finds the frame to show where the decoder gave none: the nearest one before, or else the first one after. */
import { Frame } from 'node-av/lib';
import { FrameDecoder } from './decoder.ts';
import { pauser } from './pause.ts';
import type { Scan } from './scan.ts';
import { PacketSource } from './source.ts';
import { decodingStart } from './timeline.ts';

/** How many keyframes further back are tried, and how many packets beyond the missing frame are decoded. */
const keyframesBack = 3;
const packetsBeyond = 32;

/** A stand-in for frames that have no picture of their own. */
export interface Rescue {
  readonly rank: number;
  /** The same holds for all frames from `rank` to here (exclusive). */
  readonly until: number;
  readonly frame: Frame;
}

/**
 * Decodes around the missing frame once more, leaving nothing out, with a demuxer and a decoder of its own.
 * @returns A frame that the caller disposes of; null where nothing near can be decoded.
 * Errors: `cancelled`, and those of opening.
 */
export async function rescueFrame(
  path: string,
  scan: Scan,
  missing: number,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<Rescue | null> {
  const { seekPoints, timeline } = scan;
  const { keyframes, packetOf, rankOf } = timeline;
  const packet = packetOf[missing] ?? 0;
  const pause = pauser(path, signal);
  await using source = await PacketSource.open(path, signal);
  using decoder = new FrameDecoder(source.stream, path, threads);
  const best = new Frame();
  best.alloc();
  let before = -1;
  let after = Infinity;
  const collect = () => {
    for (let rank = decoder.receive(); rank !== null; rank = decoder.receive()) {
      const isBetter = rank <= missing ? rank > before : before < 0 && rank < after;
      if (rank <= missing) before = Math.max(before, rank);
      else after = Math.min(after, rank);
      if (isBetter) {
        best.unref();
        best.ref(decoder.frame);
      }
    }
  };

  try {
    const first = Math.max(0, keyframes.indexOf(decodingStart(timeline, packet)));
    for (let back = 0; back <= Math.min(first, keyframesBack) && before < 0; back++) {
      const start = keyframes[first - back] ?? 0;
      if (!(await source.moveTo(start, seekPoints, signal))) continue;
      decoder.reset();
      for (let number = start; number <= packet + packetsBeyond && source.read(); number++) {
        while (!decoder.send(source.packet, rankOf[number] ?? -1, true)) collect();
        collect();
        const turn = pause();
        if (turn !== null) await turn;
      }
      decoder.drain();
      collect();
    }
  } catch (error) {
    best.free();
    throw error;
  }
  if (before >= 0) return { rank: before, until: after, frame: best };
  if (after < Infinity) return { rank: after, until: after + 1, frame: best };
  best.free();
  return null;
}
