/** Days by their names, `2026-11-21`, as addresses and date fields write them. Pure: the time zone is given or the machine's. */
import { localDay } from './local-day.ts';

const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = timeZone ?? '';
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(key, format);
  return format;
}

/** The local day of a moment. */
export const dayName = (utcMs: number, timeZone?: string): string => formatOf(timeZone).format(utcMs);

/** Whether it is a day of the calendar. */
export function isDayName(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Noon in UTC of a day's name: for arithmetic between days and for writing its name, which know no time zone. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** The day so many days later, earlier where it is negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(noonOf(day) + days * dayMs).toISOString().slice(0, 10);

/** `[from, to)` of the local day in ms since the Unix epoch. */
export function boundsOfDay(day: string, timeZone?: string): { readonly fromMs: number; readonly toMs: number } {
  // Where clocks are far from UTC its noon lies in the day before or after.
  const noon = noonOf(day);
  const name = dayName(noon, timeZone);
  return localDay(name === day ? noon : name < day ? noon + dayMs / 2 : noon - dayMs / 2, timeZone);
}
