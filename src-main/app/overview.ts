/** The archive by days, for the calendar, and what one stretch of time holds, for its recap. */
import type { Day, StateCounts } from '../contract/overview.ts';
import { AppError } from '../contract/errors.ts';
import type { Service } from '../contract/service.ts';
import { quarterMs, type Store, type TimeSpan } from '../store/index.ts';

const dayMs = 86_400_000;
const mostDays = 400;
/** Pictures on the page of a day. */
const mostStrongest = 8;

const noFlags: StateCounts = { open: 0, confirm: 0, reject: 0, unsure: 0 };
const sumOf = (a: StateCounts, b: StateCounts): StateCounts => ({
  open: a.open + b.open,
  confirm: a.confirm + b.confirm,
  reject: a.reject + b.reject,
  unsure: a.unsure + b.unsure,
});
const flagsOf = ({ open, confirm, reject, unsure }: StateCounts): StateCounts => ({ open, confirm, reject, unsure });
const total = ({ open, confirm, reject, unsure }: StateCounts) => open + confirm + reject + unsure;

export function createOverviewCalls(store: Pick<Store, 'flagDays' | 'flagQueue'>): Service['overview'] {
  return {
    async days({ timeZone, ...span }) {
      requireSpan(span);
      const dayOf = dayNames(timeZone);
      const days = new Map<string, Day>();
      const at = (quarter: number): Day => {
        const day = dayOf(quarter * quarterMs);
        return days.get(day) ?? { day, recordings: 0, seconds: 0, flags: noFlags };
      };
      const put = (day: Day) => void days.set(day.day, day);
      for (const { quarter, recordings, seconds } of store.flagDays.recorded(span)) {
        const day = at(quarter);
        put({ ...day, recordings: day.recordings + recordings, seconds: day.seconds + seconds });
      }
      for (const { quarter, ...flags } of store.flagDays.flagged(span)) {
        const day = at(quarter);
        put({ ...day, flags: sumOf(day.flags, flags) });
      }
      return {
        days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
        undated: store.flagDays.undated(span.cameras),
      };
    },
    async recap(span) {
      requireSpan(span);
      const flagged = new Map(store.flagDays.flagsByCamera(span).map(({ name, ...flags }) => [name, flags]));
      const recorded = store.flagDays.byCamera(span);
      const cameras = recorded.map(({ camera, recordings, seconds }) => ({
        ...{ camera, recordings, seconds },
        flags: flagsOf(flagged.get(camera) ?? noFlags),
      }));
      const classes = store.flagDays
        .flagsByClass(span)
        .map(({ name, ...flags }) => ({ class: name, flags: flagsOf(flags) }));
      return {
        recordings: recorded.reduce((sum, { recordings }) => sum + recordings, 0),
        seconds: recorded.reduce((sum, { seconds }) => sum + seconds, 0),
        scanned: recorded.reduce((sum, { scanned }) => sum + scanned, 0),
        flags: classes.reduce((sum, { flags }) => sumOf(sum, flags), noFlags),
        cameras,
        classes: classes.sort((a, b) => total(b.flags) - total(a.flags)),
        strongest: store.flagQueue.find({ ...span, states: ['open'], order: 'score', limit: mostStrongest }),
      };
    },
  };
}

/** Errors: `invalid-argument`. */
function requireSpan({ from, until }: TimeSpan): void {
  if (Number.isFinite(from) && until > from && until - from <= mostDays * dayMs) return;
  throw new AppError('invalid-argument', `A stretch of time ends after it begins and lasts at most ${mostDays} days.`);
}

/** `2026-11-21` of a moment in the time zone. Errors: `invalid-argument` for a zone that this machine does not know. */
function dayNames(timeZone: string): (utcMs: number) => string {
  try {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    return (utcMs) => format.format(utcMs);
  } catch (error) {
    throw new AppError('invalid-argument', `There is no time zone '${timeZone}'.`, { cause: error });
  }
}
