/** Short messages at the edge of the window. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { errorWords } from '../i18n/error-words.ts';

export type NoticeTone = 'neutral' | 'good' | 'warn' | 'bad';

export interface NoticeGiven {
  readonly tone: NoticeTone;
  readonly text: string;
  readonly actionLabel?: string | undefined;
  readonly action?: (() => void) | undefined;
  /**
   * What it is about: of a call that failed, the notice goes once one of that kind succeeds; of the history, one stands at
   * a time.
   */
  readonly about?: 'verdict' | 'history' | undefined;
}

export interface ShownNotice extends NoticeGiven {
  readonly id: number;
  /** How often it was shown since it came. */
  readonly times: number;
}

/** Notices that stand at a time; the oldest gives way. */
const most = 4;
const shownForMs: Readonly<Record<NoticeTone, number>> = { neutral: 5000, good: 4000, warn: 9000, bad: 12_000 };

export const useNotices = defineStore('notices', () => {
  const notices = shallowRef<readonly ShownNotice[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  function dismiss(id: number) {
    hold(id);
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  /** Keeps it until it is released: while a pointer rests on it. */
  function hold(id: number) {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function release(id: number) {
    const notice = notices.value.find((one) => one.id === id);
    if (notice === undefined) return;
    hold(id);
    timers.set(
      id,
      setTimeout(() => dismiss(id), shownForMs[notice.tone]),
    );
  }

  function show(given: NoticeGiven) {
    const same = notices.value.find(({ text, tone }) => text === given.text && tone === given.tone);
    if (given.about === 'history') settle('history');
    const id = same?.id ?? ++lastId;
    const notice: ShownNotice = { ...given, id, times: (same?.times ?? 0) + 1 };
    notices.value = [...notices.value.filter((one) => one.id !== id), notice];
    for (const old of notices.value.slice(0, -most)) dismiss(old.id);
    release(id);
  }

  /** A call of that kind succeeded: what was said about failed ones is over. */
  function settle(about: NonNullable<NoticeGiven['about']>) {
    for (const notice of notices.value) if (notice.about === about) dismiss(notice.id);
  }

  /** Says what went wrong. A cancelled call is no error. */
  function showError(error: unknown) {
    if (appErrorFrom(error).code !== 'cancelled') show({ tone: 'bad', text: errorWords(error) });
  }

  return { notices, show, showError, settle, dismiss, hold, release };
});
