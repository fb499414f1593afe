/** A copy of footage for looking at: upright, playable everywhere, with what was seen drawn in and heads and regions hidden. */
import type { OverlayFrame } from '../../contract/overlay.ts';
import { type FrameObservation, observeFrames, overlayOf } from '../../perception/index.ts';
import { drawOverlay, headRegions, hide, localTime } from '../../review/index.ts';
import { viewingCopy } from '../../video/index.ts';
import { readFrames } from '../frame-blobs.ts';
import type { TaskParams, ViewingPlan } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

/** Looks a second: what is drawn need only be followed; a head that turns up between two looks would be seen. */
const looksToDraw = 4;
const looksToHide = 8;
/** What was seen shortly before and after tells where somebody comes from and goes to, seconds. */
const around = 0.75;

export const viewingCopyOf: TaskFunction<'viewing-copy'> = async (params, context) => {
  const { start, end, style } = params;
  const path = context.recordingPath(params.recording);
  const frames = style === null || params.nets === null ? [] : await lookedAt(path, params, style, context);
  let headsHidden = 0;
  let size = { width: 0, height: 0 };
  let headsAt: ReturnType<typeof headRegions> | null = null;
  const paint = (rgb: Uint8Array, width: number, height: number, time: number) => {
    size = { width, height };
    if (style === null) return;
    // Hidden first: nothing that is drawn shows what lies beneath it.
    headsAt ??= headRegions(style.heads ? frames : [], width / height);
    const heads = headsAt(time);
    headsHidden += heads.length;
    const regions = style.regions.filter((region) => region.start <= time && time < region.end);
    for (const box of [...heads, ...regions.map((region) => region.box)]) hide(rgb, width, height, box);
    const { draw: parts, caption } = style;
    if (parts.length > 0) {
      drawOverlay(rgb, width, height, time, { parts, frames, caption, stampAt: (at) => stampOf(style, at) });
    }
  };
  const { signal } = context;
  const copy = await context.putFile('.mp4', (out) =>
    viewingCopy(path, out, {
      ...{ start, end, paint, signal },
      // Looking is half of the work.
      onProgress: (done, total) => context.progress(total + done, 2 * total),
    }),
  );
  const overlay =
    params.nets === null
      ? null
      : await context.putBlob(new TextEncoder().encode(JSON.stringify({ frames: shownFrames(frames, start, end) })));
  return { copy, overlay, looked: frames.length, headsHidden, ...size };
};

const shownFrames = (frames: readonly OverlayFrame[], start: number, end: number) =>
  frames.filter(({ time }) => time >= start && time < end);

/** Who and what is in the stretch, at even intervals, with what earlier looks know besides. */
async function lookedAt(
  path: string,
  { recording, start, end, cached, nets }: TaskParams<'viewing-copy'>,
  { heads }: ViewingPlan,
  context: TaskContext,
): Promise<readonly OverlayFrame[]> {
  if (nets === null) return [];
  const { resources, signal } = context;
  const cache: Map<number, FrameObservation> = await readFrames(cached, context);
  const rate = heads ? looksToHide : looksToDraw;
  const first = Math.max(0, Math.floor((start - around) * rate));
  const last = Math.ceil((end + around) * rate);
  const times = Array.from({ length: last - first + 1 }, (_, index) => (first + index) / rate);
  let made = 0;
  const frames = await observeFrames({
    ...{ cache, times, signal },
    reader: () => resources.reader(recording, path, signal),
    nets: () => resources.nets(nets),
    onMade: () => context.progress((++made / times.length) * (end - start), 2 * (end - start)),
  });
  const known = [...cache.values()].filter(({ time }) => time >= start - around && time < end + around);
  return overlayOf([...new Map([...known, ...frames].map((frame) => [frame.time, frame])).values()]);
}

/** `2026-03-14 08:00:17 +01:00  Yard  0:00:17.24`. */
function stampOf({ clock, camera }: ViewingPlan, seconds: number): string {
  const wall = clock === null ? [] : [localTime(clock.utcMs + Math.floor(seconds) * 1000, clock.zone)];
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const place = `${hours}:${two(minutes)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
  return [...wall, camera, place].join('  ');
}
