/** Flags of one recording as WebVTT: players show them as subtitles, and as chapters, beside the original. */
import { baseName, classTitle, type ExportedFlag, heldBounds, momentOf, reasonText } from './exported-flag.ts';

/**
 * Pure. All flags are of one recording.
 * @param from The second of the recording with which the video begins that this stands beside.
 */
export function webVttText(flags: readonly ExportedFlag[], from = 0): string {
  const [first] = flags;
  const start = first === undefined ? null : momentOf(first, from);
  const head = [
    'WEBVTT',
    '',
    'NOTE',
    ...(first === undefined ? [] : [plain(`${first.recording.camera} · ${baseName(first.recording.path)}`)]),
    start?.utc == null
      ? 'The wall-clock time of this recording is not known.'
      : plain(`0 is ${start.utc}, ${start.local ?? ''} (clock: ${first?.recording.clock.source ?? ''})`),
  ];
  const cues = flags
    .toSorted((a, b) => heldBounds(a).start - heldBounds(b).start || heldBounds(a).end - heldBounds(b).end)
    .map((exported) => cueText(exported, from));
  return `${[head.join('\n'), ...cues].join('\n\n')}\n`;
}

function cueText(exported: ExportedFlag, from: number): string {
  const { flag } = exported;
  const { start, end } = heldBounds(exported);
  const state = flag.verdict?.decision ?? 'open';
  const reason = reasonText(exported);
  const decided = reason === null ? state : `${state} (${reason})`;
  const title = `${classTitle(exported)} · ${flag.score.toFixed(2)} · ${decided}`;
  const note = flag.verdict?.note ?? '';
  const tags = (flag.tags ?? []).map((tag) => `#${tag}`).join(' ');
  return [
    flag.id,
    `${stamp(Math.max(0, start - from))} --> ${stamp(Math.max(0, end - from))}`,
    plain(title),
    plain(flag.explanation),
    plain(note),
    plain(tags),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** `01:02:03.400`. */
function stamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60];
  return `${two(hours)}:${two(minutes)}:${two((milliseconds / 1000) % 60)}.${String(milliseconds % 1000).padStart(3, '0')}`;
}

/** On one line, and nothing in it that the format takes for its own. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim();
