/** How recordings are played and when their frames are, read once and kept for the last few. */
import type { MediaTarget } from '../../../src-main/contract/media.ts';
import type { PlaybackPlan } from '../../../src-main/contract/playback.ts';
import type { Client } from '../../../src-main/contract/service.ts';
import { createRecentCache } from '../recent-cache.ts';
import { fetchMedia } from './fetch-media.ts';

export interface PlanSource {
  readonly client: Pick<Client, 'playback'>;
  readonly mediaUrl: (target: MediaTarget) => string;
}

/** Recordings kept. A day of frame times is 17 MB. */
const kept = 6;

export function createPlanCache({ client, mediaUrl }: PlanSource) {
  const plans = createRecentCache<PlaybackPlan>(kept);
  const times = createRecentCache<Float64Array>(kept);

  return {
    async plan(recording: string, signal: AbortSignal): Promise<PlaybackPlan> {
      const known = plans.get(recording);
      if (known !== undefined) return known;
      const plan = await client.playback.plan({ recording }, { signal });
      plans.set(recording, plan);
      return plan;
    },
    /** Ascending, in seconds. */
    async frameTimes(recording: string, signal: AbortSignal): Promise<Float64Array> {
      const known = times.get(recording);
      if (known !== undefined) return known;
      const response = await fetchMedia(mediaUrl({ kind: 'frame-times', recording }), signal);
      const read = float64sFrom(await response.arrayBuffer());
      times.set(recording, read);
      return read;
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
