/** Words for a day of the calendar: its name, what was recorded and flagged. */
import type { Day, StateCounts } from '../../../src-main/contract/overview.ts';
import { t } from '../../i18n/index.ts';
import { noonOf } from '../../lib/day-name.ts';
import { formatList, formatNumber, formatSpan } from '../../lib/format.ts';
import { inLocale } from '../../lib/format-locale.ts';

const longDay = inLocale((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'UTC' }));
const monthAndYear = inLocale(
  (tag) => new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
);
const weekday = inLocale((tag) => new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }));
const weekdayLong = inLocale((tag) => new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' }));

/** `Saturday, 21 November 2026`. */
export const dayTitle = (day: string): string => longDay().format(noonOf(day));
export const monthTitle = (month: string): string => monthAndYear().format(noonOf(`${month}-01`));
export const weekdayName = (day: string): { readonly short: string; readonly long: string } => ({
  short: weekday().format(noonOf(day)),
  long: weekdayLong().format(noonOf(day)),
});

/** The states in the order in which they are told. */
export const toldStates = ['open', 'confirm', 'unsure', 'reject'] as const;
const stateWord = { open: 'open', confirm: 'confirmed', unsure: 'unsure', reject: 'rejected' } as const;

export const sumOfStates = ({ open, confirm, unsure, reject }: StateCounts): number => open + confirm + unsure + reject;

/** What a day holds, for those who do not see its dots. */
export function dayLabel(name: string, day: Day | undefined): string {
  if (day === undefined) return `${dayTitle(name)}: ${t('overview.nothing')}`;
  const flags = toldStates
    .filter((state) => day.flags[state] > 0)
    .map((state) => t(`overview.${stateWord[state]}`, { number: formatNumber(day.flags[state]) }));
  return `${dayTitle(name)}: ${formatList([
    t('overview.recordings', { count: day.recordings, number: formatNumber(day.recordings) }),
    formatSpan(day.seconds),
    ...(flags.length === 0 ? [t('overview.noFlags')] : flags),
  ])}`;
}
