/** The days of a month as a calendar shows them: whole weeks from the first to the last. Pure. */
import { dayAfter, noonOf } from './day-name.ts';

/** `2026-11` of a day. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The month so many months later, earlier where it is negative. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1, 12)).toISOString().slice(0, 7);
}

/** The last day of a month. */
export const lastDayOf = (month: string): string => dayAfter(`${monthAfter(month, 1)}-01`, -1);

/** Weeks of seven days each that hold the month. `firstWeekday` is 1 for Monday to 7 for Sunday. */
export function weeksOf(month: string, firstWeekday = 1): string[][] {
  const first = `${month}-01`;
  const weekday = new Date(noonOf(first)).getUTCDay() || 7;
  let start = dayAfter(first, -((weekday - firstWeekday + 7) % 7));
  const weeks: string[][] = [];
  while (start <= lastDayOf(month)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => dayAfter(start, index)));
    start = dayAfter(start, 7);
  }
  return weeks;
}

/** The day that weeks begin with for readers of a language, 1 for Monday to 7 for Sunday; Monday where that is not known. */
export function firstWeekdayFor(language: string | undefined): number {
  const locale = new Intl.Locale(language ?? Intl.DateTimeFormat().resolvedOptions().locale) as Intl.Locale & {
    readonly getWeekInfo?: () => { readonly firstDay: number };
  };
  return locale.getWeekInfo?.().firstDay ?? 1;
}
