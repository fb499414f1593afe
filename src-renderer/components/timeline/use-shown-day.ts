/** The camera's day on the timeline of one of its recordings: what is drawn of it, said of it, and gone to in it. */
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { t } from '../../i18n/index.ts';
import { spanAt } from '../../lib/day-footage.ts';
import { timeOfDayMs } from '../../lib/local-day.ts';
import { useDay } from '../../stores/day.ts';
import { usePlayer } from '../../stores/player.ts';
import type { useTimelineView } from './use-timeline-view.ts';

const dayLength = 86_400;

/** As on the wall: `08:05`, with seconds where they matter. A day goes over into the next. */
function clockText(secondsOfDay: number, decimals: number): string {
  const seconds = ((secondsOfDay % dayLength) + dayLength) % dayLength;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const minutes = `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}`;
  const rest = (seconds % 60).toFixed(decimals);
  return Number(rest) === 0 && decimals === 0
    ? minutes
    : `${minutes}:${rest.padStart(decimals === 0 ? 2 : decimals + 3, '0')}`;
}

export function useShownDay({ view, isBeyond }: Pick<ReturnType<typeof useTimelineView>, 'view' | 'isBeyond'>) {
  const day = useDay();
  const player = usePlayer();
  const router = useRouter();
  const recording = computed(() => player.recording?.id ?? null);

  /** Null while the open recording is all that is in sight. */
  const scene = computed(() => {
    const origin = day.originUtcMs;
    if (!isBeyond.value || origin === null) return null;
    const clock = { atZero: timeOfDayMs(origin, day.timeZone) / 1000, label: clockText };
    return { spans: day.spans, activity: day.activity, open: recording.value, clock };
  });
  const hasFootage = (time: number): boolean => spanAt(day.spans, time) !== undefined;

  /** Opens another recording at a time of the open one: the timeline stays where it is on the wall. */
  function openAt(time: number): void {
    const span = spanAt(day.spans, time);
    if (span === undefined || span.recording === recording.value) return;
    const { start, end } = view.value;
    day.carried = { recording: span.recording, view: { start: start - span.start, end: end - span.start } };
    const at = Math.max(0, time - span.start).toFixed(2);
    void router.push({ name: 'recording', params: { id: span.recording }, query: { at } });
  }

  return {
    scene,
    hasFootage,
    openAt,
    /** What is at a time beyond the open recording. */
    wordsAt: (time: number): string =>
      t(hasFootage(time) ? 'player.timeline.otherRecording' : 'player.timeline.noFootage'),
  };
}
