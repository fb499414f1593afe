/** Wall-clock times for lists, where they are written many times over: formatters made once, in local time. */
import { inLocale } from './format-locale.ts';

const day = inLocale((tag) => new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', day: 'numeric' }));
const minute = inLocale(
  (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const dayAndMinute = inLocale(
  (tag) =>
    new Intl.DateTimeFormat(tag, {
      ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
      ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    }),
);
const dayAndTime = {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
const moment = inLocale((tag) => new Intl.DateTimeFormat(tag, { ...dayAndTime, year: 'numeric' }));
const momentOfYear = inLocale((tag) => new Intl.DateTimeFormat(tag, dayAndTime));

/** Day and time: `21 Nov 2026, 08:20:40`. */
export const localMoment = (utcMs: number): string => moment().format(utcMs);

/** The same without the year where it is the year of `nowMs`. */
export const shortMoment = (utcMs: number, nowMs: number): string =>
  new Date(utcMs).getFullYear() === new Date(nowMs).getFullYear()
    ? momentOfYear().format(utcMs)
    : moment().format(utcMs);

/** From the first day to the last; both share what is the same in them, one day is written once. */
export const localDays = (firstUtcMs: number, lastUtcMs: number): string => day().formatRange(firstUtcMs, lastUtcMs);

/** What happened today by its time, the rest by its day as well. */
export const localMomentNear = (utcMs: number, nowMs: number): string =>
  day().format(utcMs) === day().format(nowMs) ? minute().format(utcMs) : dayAndMinute().format(utcMs);
