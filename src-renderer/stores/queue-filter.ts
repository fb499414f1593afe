/** What the queue shows and in which order: as a value, as the query of an address, and kept for the session. */
import {
  flagOrders,
  type FlagOrder,
  flagStates,
  type FlagState,
  longestSearch,
} from '../../src-main/contract/calls/review.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import { boundsOfDay, isDayName } from '../lib/day-name.ts';

/** A list that is empty, and null, let everything through. */
export interface QueueFilter {
  readonly states: readonly FlagState[];
  readonly cameras: readonly string[];
  readonly classes: readonly string[];
  readonly recording: string | null;
  /** Local days from the first to the last, as `2026-11-21`. */
  readonly days: { readonly first: string; readonly last: string } | null;
  /** Shares, with two digits. */
  readonly minScore: number | null;
  readonly maxScore: number | null;
  /** `policy/version`. */
  readonly versions: readonly string[];
  readonly tags: readonly string[];
  readonly noted: boolean | null;
  readonly text: string;
  /** Id of the flag that they are to look like; they come in that order then. */
  readonly similarTo: string | null;
}

export interface QueueChoice {
  readonly filter: QueueFilter;
  readonly order: FlagOrder;
}

/** Everything but the states, wide open. */
export const wideFilter: Omit<QueueFilter, 'states'> = {
  ...{ cameras: [], classes: [], recording: null, days: null, minScore: null, maxScore: null },
  ...{ versions: [], tags: [], noted: null, text: '', similarTo: null },
};

export const defaultChoice: QueueChoice = {
  filter: { ...wideFilter, states: ['open'] },
  order: 'score',
};

export const stateOf = (flag: Flag): FlagState => flag.verdict?.decision ?? 'open';

/** Whether anything but the states narrows the list. */
export const isNarrowed = (filter: QueueFilter): boolean => narrowedBy(filter).length > 0;

/** The members that narrow the list, beside the states. */
export function narrowedBy(filter: QueueFilter): (keyof typeof wideFilter)[] {
  const members = Object.keys(wideFilter) as (keyof typeof wideFilter)[];
  return members.filter((member) => JSON.stringify(filter[member]) !== JSON.stringify(wideFilter[member]));
}

/** Members of the params of `flags.find`: what lets everything through is not asked for. Days are those of `timeZone`. */
export function paramsOf(filter: QueueFilter, timeZone?: string) {
  const { states, cameras, classes, recording, days, minScore, maxScore, versions, tags, noted, similarTo } = filter;
  const text = filter.text.trim();
  return {
    ...(states.length > 0 && { states: [...states] }),
    ...(cameras.length > 0 && { cameras: [...cameras] }),
    ...(classes.length > 0 && { classes: [...classes] }),
    ...(recording !== null && { recording }),
    ...(days !== null && {
      from: boundsOfDay(days.first, timeZone).fromMs,
      until: boundsOfDay(days.last, timeZone).toMs,
    }),
    ...(minScore !== null && { minScore }),
    ...(maxScore !== null && { maxScore }),
    ...(versions.length > 0 && { versions: [...versions] }),
    ...(tags.length > 0 && { tags: [...tags] }),
    ...(noted !== null && { noted }),
    ...(text !== '' && { text }),
    ...(similarTo !== null && { similarTo }),
  };
}

/** As the router takes it. */
export type Query = Record<string, string | string[]>;

const between = '..';

/** The choice as a query: only what differs from the default, so that the plain address stays plain. */
export function queryOf({ filter, order }: QueueChoice): Query {
  const { states, days, minScore, maxScore, noted } = filter;
  const isDefault = states.length === 1 && states[0] === 'open';
  const text = filter.text.trim();
  const score = [minScore ?? 0, maxScore ?? 1].map((share) => String(share)).join(between);
  return {
    ...(!isDefault && { state: states.length === 0 ? 'all' : [...states] }),
    ...(filter.cameras.length > 0 && { camera: [...filter.cameras] }),
    ...(filter.classes.length > 0 && { class: [...filter.classes] }),
    ...(filter.recording !== null && { recording: filter.recording }),
    ...(days !== null && { day: days.first === days.last ? days.first : `${days.first}${between}${days.last}` }),
    ...((minScore !== null || maxScore !== null) && { score }),
    ...(filter.versions.length > 0 && { version: [...filter.versions] }),
    ...(filter.tags.length > 0 && { tag: [...filter.tags] }),
    ...(noted !== null && { note: noted ? 'yes' : 'no' }),
    ...(text !== '' && { text }),
    ...(filter.similarTo !== null && { like: filter.similarTo }),
    ...(order !== defaultChoice.order && { order }),
  };
}

const members = [
  'state',
  'camera',
  'class',
  'recording',
  'day',
  'score',
  'version',
  'tag',
  'note',
  'text',
  'like',
  'order',
];

/** The choice that a query stands for, or null where it says nothing of it; values that it does not know are left out. */
export function choiceOf(query: Readonly<Record<string, unknown>>): QueueChoice | null {
  if (!members.some((name) => query[name] !== undefined)) return null;
  const states = textsOf(query['state']);
  const known = flagStates.filter((state) => states.includes(state));
  const note = textsOf(query['note'])[0];
  return {
    filter: {
      states: states.includes('all') ? [] : known.length > 0 ? known : defaultChoice.filter.states,
      cameras: textsOf(query['camera']),
      classes: textsOf(query['class']),
      recording: textsOf(query['recording'])[0] ?? null,
      days: daysOf(textsOf(query['day'])[0] ?? ''),
      ...scoresOf(textsOf(query['score'])[0] ?? ''),
      versions: textsOf(query['version']),
      tags: textsOf(query['tag']),
      noted: note === 'yes' ? true : note === 'no' ? false : null,
      text: (textsOf(query['text'])[0] ?? '').slice(0, longestSearch),
      similarTo: textsOf(query['like'])[0] ?? null,
    },
    order: flagOrders.find((order) => order === query['order']) ?? defaultChoice.order,
  };
}

function daysOf(text: string): QueueFilter['days'] {
  const [first = '', last = first] = text.split(between);
  return isDayName(first) && isDayName(last) && first <= last ? { first, last } : null;
}

function scoresOf(text: string): Pick<QueueFilter, 'minScore' | 'maxScore'> {
  const [min = NaN, max = NaN] = text.split(between).map(Number);
  const isRange = min >= 0 && max <= 1 && min <= max;
  return { minScore: isRange && min > 0 ? min : null, maxScore: isRange && max < 1 ? max : null };
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');

const storageKey = 'queue';

/** The choice of this session; the default where there is none or it cannot be read. */
export function choiceFromSession(storage: Storage): QueueChoice {
  const query = new URLSearchParams(storage.getItem(storageKey) ?? '');
  const parsed = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return choiceOf({ ...parsed, ...(parsed['order'] && { order: parsed['order'][0] }) }) ?? defaultChoice;
}

export function keepInSession(storage: Storage, choice: QueueChoice): void {
  const entries = Object.entries(queryOf(choice)).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => [name, each]),
  );
  storage.setItem(storageKey, new URLSearchParams(entries).toString());
}
