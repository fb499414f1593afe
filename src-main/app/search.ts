/** The queue's calls: which flags it lists, many of them decided at once, and the filters that were saved. */
import type { flagFilter, flagsCalls } from '../contract/calls/review.ts';
import type { Calls, ParamsTaken } from '../contract/calls.ts';
import { AppError } from '../contract/errors.ts';
import type { EventSink, Service } from '../contract/service.ts';
import { defaultClassIds } from '../contract/taxonomy.ts';
import { englishFor } from '../contract/wording/en.ts';
import type { FlagTerms, Store } from '../store/index.ts';
import type { Likeness } from './likeness.ts';
import { pageFrom } from './pages.ts';
import { createTurns } from './turns.ts';

/** Flags that lie anywhere: each may be read from the disk. */
const lookedUpAtOnce = 50;

interface SearchParts {
  readonly store: Store;
  readonly likeness: Pick<Likeness, 'similarTo'>;
  readonly events: EventSink;
  readonly now: () => number;
  /** The full id of the flag that a person means. Errors: `not-found`, `invalid-argument`. */
  readonly flagNamed: (id: string) => string;
}

type SearchCalls = Pick<
  Service['flags'],
  'list' | 'head' | 'find' | keyof Pick<Calls['flags'], 'versions' | 'decideAll' | 'undoAll' | 'tagAll'>
>;
type Filter = Pick<ParamsTaken<typeof flagsCalls.find>, keyof typeof flagFilter>;

export function createSearchCalls(parts: SearchParts): {
  readonly flags: SearchCalls;
  readonly savedFilters: Service['savedFilters'];
} {
  const { store, events, now } = parts;

  /** The filter as the store takes it. */
  function termsOf({ text, similarTo: _similarTo, ...terms }: Filter): FlagTerms {
    return { ...terms, ...(text !== undefined && store.flagQueue.search(text, classesNamed)) };
  }

  async function idsOf(
    {
      states,
      order,
      limit,
      ...filter
    }: Filter & Pick<ParamsTaken<typeof flagsCalls.find>, 'states' | 'order' | 'limit'>,
    signal: AbortSignal,
  ): Promise<{ ids: string[]; terms: FlagTerms }> {
    const terms = termsOf(filter);
    if (filter.similarTo === undefined) return { ids: store.flagQueue.find({ ...terms, states, order, limit }), terms };
    const numbers = await parts.likeness.similarTo(parts.flagNamed(filter.similarTo), signal);
    const { numbers: found, ...others } = terms;
    const wanted = found === undefined ? null : new Set(found);
    const alike = wanted === null ? numbers : numbers.filter((each) => wanted.has(each));
    return { ids: await idsAmong(alike, { ...others, states }, limit), terms: { ...terms, numbers: alike } };
  }

  /** The first `limit` of those of the numbers that the terms let through. */
  async function idsAmong(numbers: readonly number[], terms: FlagTerms, limit = Infinity): Promise<string[]> {
    const turn = createTurns();
    const ids: string[] = [];
    for (let at = 0; at < numbers.length && ids.length < limit; at += lookedUpAtOnce) {
      ids.push(...store.flagQueue.among(numbers.slice(at, at + lookedUpAtOnce), terms));
      await turn();
    }
    return ids.slice(0, limit);
  }

  /** Whoever shows flags reads anew what he shows of these. */
  function tell(flags: readonly string[]): void {
    if (flags.length > 0) events.emit('flags.changed', { flags: [...flags] });
  }
  const there = (ids: readonly string[]) => {
    const known = [...new Set(ids)].filter((id) => store.flagQueue.numberOf(id) !== undefined);
    if (known.length === 0) throw new AppError('not-found', 'None of these flags is there.');
    return known;
  };

  return {
    flags: {
      async list({ after, limit, state, ...filter }, { signal }) {
        const states = state === undefined ? undefined : [state];
        const { ids } = await idsOf({ ...filter, states, limit: undefined }, signal);
        const page = pageFrom(ids, { after, limit }, (id) => id);
        return { ...page, items: store.flags.rows(page.items) };
      },
      async head(filter, { signal }) {
        const { ids } = await idsOf(filter, signal);
        return { ids };
      },
      async find(filter, { signal }) {
        const { ids, terms } = await idsOf(filter, signal);
        return { ids, states: store.flagQueue.states(terms) };
      },
      versions: async () => ({
        items: store.flagQueue
          .versions()
          .map(({ policy, policyVersion }) => ({ version: `${policy}/${policyVersion}`, policy, policyVersion })),
      }),
      async decideAll({ flags, decision, note = '' }) {
        const decidedAtMs = now();
        const decided = there(flags);
        const verdict = { decision, class: null, start: null, end: null, note, decidedAtMs };
        store.transaction(() => decided.forEach((id) => store.verdicts.add(id, verdict)));
        tell(decided);
        return { flags: decided, decidedAtMs };
      },
      async undoAll({ flags, decidedAtMs }) {
        const undone = there(flags).filter((id) => store.verdicts.standing(id)?.decidedAtMs === decidedAtMs);
        store.transaction(() => undone.forEach((id) => store.verdicts.undo(id, now())));
        tell(undone);
        return { flags: undone };
      },
      async tagAll({ flags, tag, on }) {
        const rows = store.flags.rows(there(flags));
        const changed = rows.filter(({ tags = [] }) => tags.includes(tag) !== on);
        store.transaction(() =>
          changed.forEach(({ id, tags = [] }) =>
            store.tags.set(id, on ? [...tags, tag] : tags.filter((each) => each !== tag)),
          ),
        );
        const ids = changed.map(({ id }) => id);
        tell(ids);
        return { flags: ids };
      },
    },
    savedFilters: {
      list: async () => ({ items: store.savedFilters.list() }),
      async put({ filter, place }) {
        store.savedFilters.put(filter, now(), place);
        return toldFilters();
      },
      async remove({ filter }) {
        if (!store.savedFilters.remove(filter)) throw new AppError('not-found', 'That filter is not there any more.');
        return toldFilters();
      },
    },
  };

  function toldFilters() {
    const filters = { items: store.savedFilters.list() };
    events.emit('savedFilters.changed', filters);
    return filters;
  }
}

/** Classes whose name has the word in it: a reviewer may have given one of which nothing is written at the flag. */
function classesNamed(word: string): string[] {
  const wanted = word.toLowerCase();
  return defaultClassIds.filter((id) => englishFor.class(id).toLowerCase().includes(wanted));
}
