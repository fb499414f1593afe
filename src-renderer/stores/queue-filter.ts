/** What the queue shows and in which order: as a value, as the query of an address, and kept for the session. */
import { flagOrders, type FlagOrder, flagStates, type FlagState } from '../../src-main/contract/calls/review.ts';
import type { Flag } from '../../src-main/contract/flag.ts';

export interface QueueFilter {
  /** None: flags of every state. */
  readonly states: readonly FlagState[];
  /** None: flags of every camera. */
  readonly cameras: readonly string[];
  readonly classes: readonly string[];
  readonly recording: string | null;
}

export interface QueueChoice {
  readonly filter: QueueFilter;
  readonly order: FlagOrder;
}

export const defaultChoice: QueueChoice = {
  filter: { states: ['open'], cameras: [], classes: [], recording: null },
  order: 'score',
};

export const stateOf = (flag: Flag): FlagState => flag.verdict?.decision ?? 'open';

/** Whether anything but the states narrows the list. */
export const isNarrowed = ({ cameras, classes, recording }: QueueFilter): boolean =>
  cameras.length > 0 || classes.length > 0 || recording !== null;

/** Members of the params of `flags.find`: a list that is empty in the filter asks for everything. */
export function paramsOf({ states, cameras, classes, recording }: QueueFilter) {
  return {
    ...(states.length > 0 && { states: [...states] }),
    ...(cameras.length > 0 && { cameras: [...cameras] }),
    ...(classes.length > 0 && { classes: [...classes] }),
    ...(recording !== null && { recording }),
  };
}

/** As the router takes it. */
export type Query = Record<string, string | string[]>;

/** The choice as a query: only what differs from the default, so that the plain address stays plain. */
export function queryOf({ filter, order }: QueueChoice): Query {
  const isDefault = filter.states.length === 1 && filter.states[0] === 'open';
  return {
    ...(!isDefault && { state: filter.states.length === 0 ? 'all' : [...filter.states] }),
    ...(filter.cameras.length > 0 && { camera: [...filter.cameras] }),
    ...(filter.classes.length > 0 && { class: [...filter.classes] }),
    ...(filter.recording !== null && { recording: filter.recording }),
    ...(order !== defaultChoice.order && { order }),
  };
}

/** The choice that a query stands for, or null where it says nothing of it; values that it does not know are left out. */
export function choiceOf(query: Readonly<Record<string, unknown>>): QueueChoice | null {
  if (!['state', 'camera', 'class', 'recording', 'order'].some((name) => query[name] !== undefined)) return null;
  const states = textsOf(query['state']);
  const known = flagStates.filter((state) => states.includes(state));
  return {
    filter: {
      states: states.includes('all') ? [] : known.length > 0 ? known : defaultChoice.filter.states,
      cameras: textsOf(query['camera']),
      classes: textsOf(query['class']),
      recording: textsOf(query['recording'])[0] ?? null,
    },
    order: flagOrders.find((order) => order === query['order']) ?? defaultChoice.order,
  };
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
