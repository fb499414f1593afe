/** How recordings are played and when their frames are, read once and kept for the last few. */
import type { MediaTarget } from '../../../src-main/contract/media.ts';
import type { PlaybackPlan } from '../../../src-main/contract/playback.ts';
import type { Client } from '../../../src-main/contract/service.ts';
import { fetchMedia } from './fetch-media.ts';

export interface PlanSource {
  readonly client: Pick<Client, 'playback'>;
  readonly mediaUrl: (target: MediaTarget) => string;
}

/** Recordings kept: going back and forth between a few flags reads none twice. A day of frame times is 17 MB. */
const kept = 6;

export function createPlanCache({ client, mediaUrl }: PlanSource) {
  const plans = new Map<string, PlaybackPlan>();
  const times = new Map<string, Float64Array>();
  const keep = <T>(cache: Map<string, T>, recording: string, value: T): T => {
    cache.delete(recording);
    cache.set(recording, value);
    for (const oldest of cache.keys()) {
      if (cache.size <= kept) break;
      cache.delete(oldest);
    }
    return value;
  };

  return {
    async plan(recording: string, signal: AbortSignal): Promise<PlaybackPlan> {
      const known = plans.get(recording) ?? (await client.playback.plan({ recording }, { signal }));
      return keep(plans, recording, known);
    },
    /** Ascending, in seconds. */
    async frameTimes(recording: string, signal: AbortSignal): Promise<Float64Array> {
      const known = times.get(recording);
      if (known !== undefined) return keep(times, recording, known);
      const response = await fetchMedia(mediaUrl({ kind: 'frame-times', recording }), signal);
      return keep(times, recording, float64sFrom(await response.arrayBuffer()));
    },
  };
}

/** Little-endian float64, whatever this machine's order is; a rest of less than a number is left out. */
function float64sFrom(bytes: ArrayBuffer): Float64Array {
  const view = new DataView(bytes);
  return Float64Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, index) =>
    view.getFloat64(index * 8, true),
  );
}
