/** What a filter of the queue is narrowed to, as words with what takes each away. Pure but for the words. */
import { t } from '../../i18n/index.ts';
import { classLabel } from '../../lib/class-label.ts';
import { noonOf } from '../../lib/day-name.ts';
import { type QueueFilter, wideFilter } from '../../stores/queue-filter.ts';
import { inLocale } from '../../lib/format-locale.ts';

interface FilterChip {
  /** Unique among those of one filter. */
  readonly id: string;
  readonly what: string;
  readonly value: string;
  /** The filter without it. */
  readonly without: QueueFilter;
}

interface Names {
  /** File name of a recording. */
  readonly recording: (id: string) => string;
  /** `policy/version` as a person knows it. */
  readonly version: (version: string) => string;
  /** The flag that others are to look like. */
  readonly flag: (id: string) => string;
}

const dayFormat = inLocale(
  (tag) =>
    new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);

/** `3 – 5 Mar 2026` of days by name. */
const daysLabel = ({ first, last }: NonNullable<QueueFilter['days']>): string =>
  first === last ? dayFormat().format(noonOf(first)) : dayFormat().formatRange(noonOf(first), noonOf(last));

const percent = (share: number) => Math.round(share * 100);

function scoreLabel({ minScore: min, maxScore: max }: QueueFilter): string {
  if (min === null) return t('queue.filter.scoreTo', { max: percent(max ?? 1) });
  if (max === null) return t('queue.filter.scoreFrom', { min: percent(min) });
  return t('queue.filter.scoreBetween', { min: percent(min), max: percent(max) });
}

/** One for each member that narrows, and for each value of those that have several. The search has its own field. */
export function chipsOf(filter: QueueFilter, names: Names): FilterChip[] {
  type Lists = 'cameras' | 'classes' | 'versions' | 'tags';
  const each = (member: Lists, what: string, label: (value: string) => string): FilterChip[] =>
    filter[member].map((value) => ({
      id: `${member} ${value}`,
      what,
      value: label(value),
      without: { ...filter, [member]: filter[member].filter((other) => other !== value) },
    }));
  const one = (member: keyof typeof wideFilter, what: string, value: string | null): FilterChip[] =>
    value === null ? [] : [{ id: member, what, value, without: { ...filter, [member]: wideFilter[member] } }];
  const { recording, days, minScore, maxScore, noted, similarTo } = filter;
  return [
    ...one('similarTo', t('queue.filter.similarTo'), similarTo === null ? null : names.flag(similarTo)),
    ...one('recording', t('queue.filter.recording'), recording === null ? null : names.recording(recording)),
    ...each('cameras', t('queue.filter.camera'), (camera) => camera),
    ...one('days', t('queue.filter.days'), days === null ? null : daysLabel(days)),
    ...each('classes', t('queue.filter.class'), classLabel),
    ...(minScore === null && maxScore === null
      ? []
      : [
          {
            ...{ id: 'score', what: t('queue.filter.score'), value: scoreLabel(filter) },
            without: { ...filter, minScore: null, maxScore: null },
          },
        ]),
    ...each('versions', t('queue.filter.version'), names.version),
    ...each('tags', t('queue.filter.tag'), (tag) => tag),
    ...one(
      'noted',
      t('queue.filter.note'),
      noted === null ? null : t(noted ? 'queue.filter.withNote' : 'queue.filter.withoutNote'),
    ),
  ];
}
