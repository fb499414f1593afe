/** Times and sizes as a person reads them, in the window's language unless another one is given. */
import { formatLocale, formatWords } from './format-locale.ts';

const minute = 60;
const hour = 3600;

/** A position or length in footage: `0:05`, `12:34`, `1:02:03`. With `decimals`, fractions of the second, cut not rounded. */
export function formatDuration(seconds: number, decimals = 0): string {
  const scale = 10 ** decimals;
  // A float such as 1.1 lies just below itself times ten; what is shown must not jump back by one.
  const units = Math.floor(Math.max(0, seconds) * scale + 1e-6);
  const whole = Math.floor(units / scale);
  const hours = Math.floor(whole / hour);
  const minutes = Math.floor((whole % hour) / minute);
  const rest = String(whole % minute).padStart(2, '0');
  const fraction = decimals === 0 ? '' : `.${String(units % scale).padStart(decimals, '0')}`;
  return hours === 0
    ? `${minutes}:${rest}${fraction}`
    : `${hours}:${String(minutes).padStart(2, '0')}:${rest}${fraction}`;
}

/** A length in words of at most two units: `8 s`, `5 min`, `2 h 10 min`, `3 d 4 h`. */
export function formatSpan(seconds: number): string {
  const words = formatWords();
  const whole = Math.round(Math.max(0, seconds));
  if (whole < minute) return `${whole} ${words.second}`;
  const minutes = Math.round(whole / minute);
  if (minutes < 60) return `${minutes} ${words.minute}`;
  const hours = Math.floor(minutes / 60);
  const inHours = `${hours} ${words.hour}`;
  if (hours < 48) return minutes % 60 === 0 ? inHours : `${inHours} ${minutes % 60} ${words.minute}`;
  const inDays = `${Math.floor(hours / 24)} ${words.day}`;
  return hours % 24 === 0 ? inDays : `${inDays} ${hours % 24} ${words.hour}`;
}

/** One after the other, with the comma of the language: `fall, theft`. */
export const formatList = (items: readonly string[]): string => items.join(formatWords().comma);

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, as disks and file managers count: `512 B`, `1.5 GB`. */
export function formatBytes(bytes: number, locale = formatLocale()): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 999.95 would be written as 1,000.
  while (value >= 999.95 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${formatNumber(value, locale, digits)} ${byteUnits[unit] ?? 'B'}`;
}

export function formatNumber(value: number, locale = formatLocale(), digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

export interface ClockOptions {
  readonly locale?: string | undefined;
  /** IANA; the machine's where none is given. */
  readonly timeZone?: string | undefined;
}

/** Date and time of day: `21 Nov 2026, 08:20:40`. */
export function formatClock(utcMs: number, { locale = formatLocale(), timeZone }: ClockOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(utcMs);
}

/** Time of day only: `08:20:40`. */
export function formatTimeOfDay(utcMs: number, { locale = formatLocale(), timeZone }: ClockOptions = {}): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone }).format(utcMs);
}

/** The same moment in UTC, unmistakable, for a title: `2026-11-21 08:20:40 UTC`. */
export function formatUtc(utcMs: number): string {
  return `${new Date(utcMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The last part of a path of either kind. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}
