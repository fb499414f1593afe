/** Has what the next flags show on its way before they are gone to: their pictures, recordings and playback plans. */
import { watchDebounced } from '@vueuse/core';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { MediaTarget } from '../../src-main/contract/media.ts';
import { evidenceFrames, pictureMilliseconds } from '../components/evidence/evidence-frames.ts';
import { flagPicture, openingTime } from '../lib/flag-picture.ts';
import { useArchive } from '../stores/archive.ts';
import { useConnection } from '../stores/connection.ts';
import { useQueue } from '../stores/queue.ts';
import { useSettings } from '../stores/settings.ts';

/** Flags after the selected one, and one before it. */
const ahead = 2;
/** The pictures that an evidence strip shows at first sight; the rest come while it is looked at. */
const mostEvidence = 6;
/** Someone who runs through the list is not to be held up by pictures that were passed. */
const restMs = 150;
/** Addresses remembered as asked for; the browser's own cache holds the pictures. */
const mostAsked = 500;

export function useFlagPrefetch(): void {
  const connection = useConnection();
  const queue = useQueue();
  const archive = useArchive();
  const settings = useSettings();
  const asked = new Set<string>();

  function picture(target: MediaTarget): void {
    const url = connection.mediaUrl(target);
    if (asked.has(url)) return;
    if (asked.size >= mostAsked) asked.clear();
    asked.add(url);
    new Image().src = url;
  }

  function pictures(flag: Flag): void {
    const { recording } = flag;
    const length = archive.row(recording)?.video?.seconds ?? null;
    picture({
      kind: 'picture',
      recording,
      milliseconds: Math.floor(openingTime(flag, settings.values.leadInSeconds) * 1000),
      width: 1280,
    });
    picture(flagPicture(flag, 160));
    for (const { time } of evidenceFrames(flag, length).slice(0, mostEvidence)) {
      picture({ kind: 'picture', recording, milliseconds: pictureMilliseconds(time), width: 320 });
    }
  }

  async function prefetch(): Promise<void> {
    const index = queue.selectedIndex;
    if (index < 0) return;
    const around = [1, 2, -1].slice(0, ahead + 1).map((step) => queue.ids[index + step]);
    const ids = around.filter((id) => id !== undefined);
    await queue.load(ids);
    const flags = ids.flatMap((id) => queue.row(id) ?? []);
    const recordings = [...new Set(flags.map(({ recording }) => recording))];
    await archive.load(recordings);
    for (const flag of flags) pictures(flag);
    // The core reads a recording through for its first plan; whether that fails is said when it is opened.
    for (const recording of recordings) connection.client.playback.plan({ recording }).catch(() => undefined);
  }

  watchDebounced([() => queue.selectedId, () => queue.ids], () => void prefetch(), {
    debounce: restMs,
    immediate: true,
  });
}
