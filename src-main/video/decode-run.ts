/** Sends the planned packets through the decoder and gives the wanted frames as they come out. */
import type { Frame } from 'node-av/lib';
import type { FrameDecoder } from './decoder.ts';
import { pauser } from './pause.ts';
import { planRuns } from './plan.ts';
import type { Scan } from './scan.ts';
import type { PacketSource } from './source.ts';

/** What decoding works with. */
export interface Playback {
  readonly source: PacketSource;
  readonly decoder: FrameDecoder;
  readonly scan: Scan;
  readonly signal: AbortSignal | undefined;
}

/** A decoded frame by its place in `timeline.times`; `frame` is valid until the next one is asked for. */
export interface RankedFrame {
  readonly rank: number;
  readonly frame: Frame;
}

/**
 * The frames at `ranks` (ascending), ascending as far as the stream is sound. Damaged ones are left out.
 *
 * Only packets from the keyframe before a wanted frame up to it are decoded, and of these not the ones that nothing
 * refers to; the threads are kept busy across runs where the next keyframe is an IDR frame.
 * Errors: `cancelled`; those of opening where the file has to be opened anew.
 */
export async function* decodeRanks(playback: Playback, ranks: readonly number[]): AsyncGenerator<RankedFrame> {
  const { source, decoder, scan, signal } = playback;
  const { seekPoints, timeline } = scan;
  const pause = pauser(source.path, signal);
  const wanted = new Set(ranks);
  let base = 0;
  function* received(): Generator<RankedFrame> {
    for (let rank = decoder.receive(); rank !== null; rank = decoder.receive()) {
      if (wanted.has(rank)) yield { rank, frame: decoder.frame };
    }
  }

  let isPrimed = false;
  decoder.reset();
  try {
    for (const run of planRuns(timeline, ranks)) {
      if (!(await source.moveTo(run.start, seekPoints, signal))) continue;
      for (let number = run.start; number <= run.end && source.read(); number++) {
        const { packet } = source;
        const rank = timeline.rankOf[number] ?? -1;
        if (number === run.start) {
          if (isPrimed && decoder.needsDrainBefore(packet)) {
            decoder.drain();
            yield* received();
            decoder.reset();
          }
          base = rank;
        }
        // Shown before the keyframe, so they lean on frames that were not decoded; nothing after the keyframe needs them.
        if (rank >= 0 && rank < base) continue;
        isPrimed = true;
        while (!decoder.send(packet, rank, wanted.has(rank))) yield* received();
        yield* received();
        const turn = pause();
        if (turn !== null) await turn;
      }
    }
    decoder.drain();
    yield* received();
  } finally {
    decoder.reset();
  }
}
