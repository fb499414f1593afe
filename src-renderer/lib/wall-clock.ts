/** Wall-clock times for lists, where they are written many times over: formatters made once, in local time. */
import { inLocale } from './format-locale.ts';

const dayOfYear = { month: 'short', day: 'numeric' } as const;
const wholeDay = { ...dayOfYear, year: 'numeric' } as const;
const toMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const toSecond = { ...toMinute, second: '2-digit' } as const;

const day = inLocale((tag) => new Intl.DateTimeFormat(tag, wholeDay));
const minute = inLocale((tag) => new Intl.DateTimeFormat(tag, toMinute));
const dayAndMinute = inLocale((tag) => new Intl.DateTimeFormat(tag, { ...wholeDay, ...toMinute }));
const moment = inLocale((tag) => new Intl.DateTimeFormat(tag, { ...wholeDay, ...toSecond }));
const momentOfYear = inLocale((tag) => new Intl.DateTimeFormat(tag, { ...dayOfYear, ...toSecond }));

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
