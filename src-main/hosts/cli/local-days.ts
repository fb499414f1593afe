/** Days as a person types them, `2026-11-21` or from one `..` to another, in this machine's time zone. */
import { AppError } from '../../contract/errors.ts';

interface DaySpan {
  /** Ms since the Unix epoch, `[from, until)`. */
  readonly from: number;
  readonly until: number;
}

/** Local midnight of the day so many days after `day`. Errors: `invalid-argument` for what is no day of the calendar. */
function midnight(day: string, after = 0): number {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const [y, m, d] = [Number(year), Number(month) - 1, Number(date)];
  const found = new Date(y, m, d);
  if (year === undefined || found.getMonth() !== m || found.getDate() !== d) {
    throw new AppError('invalid-argument', `'${day}' is no day; write it as 2026-11-21.`);
  }
  // Not by 24 hours: days on which clocks change are longer or shorter.
  return new Date(y, m, d + after).getTime();
}

/** Errors: `invalid-argument`. */
export function daysFrom(text: string): DaySpan {
  const [first = '', last = first] = text.split('..');
  const span = { from: midnight(first), until: midnight(last, 1) };
  if (span.until <= span.from) throw new AppError('invalid-argument', `${text} ends before it begins.`);
  return span;
}

/** The local day of a moment, as it is typed. */
export function dayOf(utcMs: number): string {
  const date = new Date(utcMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
