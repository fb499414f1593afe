/** Flags of one recording as CVAT's annotations. */
import { cvatText } from '../../evaluation/exports/index.ts';
import { baseName, type ExportedFlag, heldBounds, heldClass, reasonText } from '../../review/index.ts';

/** Frames are counted by the recording's mean rate: the format knows no times. All flags are of one recording. */
export function cvatOf(flags: readonly ExportedFlag[]): string {
  const [first] = flags;
  const video = first?.recording.video ?? null;
  const framesPerSecond = video?.frameRate ?? 25;
  const seconds = video?.seconds ?? 0;
  return cvatText({
    recording: {
      name: baseName(first?.recording.path ?? ''),
      seconds,
      segments: flags
        .map((exported) => ({
          ...{ ...heldBounds(exported), label: heldClass(exported) },
          attributes: {
            verdict: exported.flag.verdict?.decision ?? 'open',
            reason: reasonText(exported) ?? '',
            tags: (exported.flag.tags ?? []).join(', '),
          },
        }))
        .toSorted((a, b) => a.start - b.start || a.end - b.end),
    },
    framesPerSecond,
    frames: Math.max(1, Math.round(seconds * framesPerSecond)),
    width: video?.width ?? 0,
    height: video?.height ?? 0,
  });
}
