/** A video as the world of an episode: frames through perception, described by what can be measured in them. */
import type { FrameObservation } from '../perception/frame-observation.ts';
import type { NormalityHere } from '../perception/normality/normality.ts';
import { noveltiesOf } from '../perception/normality/novelty.ts';
import { trackObjects } from '../perception/tracks/track-objects.ts';
import { observeWindow } from '../perception/window-observation.ts';
import { frameThroughZones, type ZoneMask } from '../perception/zones.ts';
import { tickOf } from './lattice.ts';
import { participantsOf } from './participants.ts';
import type { PerceptionView } from './policy.ts';
import type { Activity, Described, Watcher } from './watcher.ts';

export interface PerceptionSource {
  readonly seconds: number;
  readonly activity: Activity;
  /** What is usual for the camera, and its hour; null where nothing is known. */
  readonly here: NormalityHere | null;
  /** Which places of the picture count; null (the default) for all. Frames are kept and cached whole. */
  readonly zones?: ZoneMask | null;
  /** As `Watcher.observe`; every level sees the same frames. */
  observe(times: readonly number[], signal?: AbortSignal): Promise<readonly FrameObservation[]>;
}

/** From here on it is worth saying what makes a frame unusual. */
export const unusualFrame = 0.99;

export function perceptionWatcher(source: PerceptionSource): Watcher<FrameObservation> {
  return {
    seconds: source.seconds,
    activity: source.activity,
    observe: (times, _level, signal) => source.observe(times, signal),
    describe: (frames, start, end) => {
      const shown = frames.map((frame) => frameThroughZones(frame, source.zones ?? null));
      return describe(shown, start, end, source.here);
    },
    keyOf: tickOf,
  };
}

function describe(
  frames: readonly FrameObservation[],
  start: number,
  end: number,
  here: NormalityHere | null,
): Described {
  const { vector, attributes } = observeWindow(frames, start, end, here);
  const tracks = trackObjects(frames);
  const novel = here === null ? frames.map(() => null) : noveltiesOf(frames, here);
  const surprise = novel.map((found) => found?.surprise ?? null);
  const novelty = novel.map((found) => found?.percentile ?? null);
  const numberOf = new Map(frames.map((frame, index) => [frame.time, index]));
  const saw: PerceptionView['saw'] = [
    'motion',
    ...(frames.some((frame) => frame.objects !== null) ? ['objects' as const] : []),
    ...(frames.some((frame) => frame.persons !== null) ? ['persons' as const] : []),
  ];
  return {
    view: {
      ...{ kind: 'perception', saw, vector, surprise, novelty },
      attributes: attributes.map((attribute) => ({
        name: attribute.name,
        value: attribute.value,
        percentile: attribute.percentile,
        place: attribute.place,
        frames: attribute.times.flatMap((time) => numberOf.get(time) ?? []),
        by: participantsOf(attribute, tracks),
      })),
      novelties: novel.flatMap((found, frame) =>
        found === null || found.percentile < unusualFrame
          ? []
          : found.parts.map(({ kind, percentile, place }) => ({ frame, by: kind, percentile, place })),
      ),
      atHour: here !== null && here.hour !== null,
      tracks: tracks.map(({ id, kind, points }) => ({
        id,
        kind,
        points: points.flatMap(({ time, box }) => {
          const frame = numberOf.get(time);
          return frame === undefined ? [] : [{ frame, box }];
        }),
      })),
    },
    stored: {
      ...{ kind: 'perception', saw: [...saw], surprise, novelty },
      attributes: attributes.map(({ name, value, percentile, times, place }) => ({
        name,
        value,
        percentile,
        times: [...times],
        place: place === null ? null : { ...place },
      })),
    },
  };
}
