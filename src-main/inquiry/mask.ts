/** Which tokens grammar and budget allow next: the support of every policy's distribution (SPEC G3, B3). */
import { normalClass } from '../contract/taxonomy.ts';
import type { Action } from '../contract/trajectory.ts';
import {
  actionFromTokens,
  coarseCount,
  coarseReach,
  coarseSeconds,
  distances,
  factors,
  fineCount,
  fineSeconds,
  latestOffset,
  mostHypotheses,
  rates,
  tokens,
  tokensFromAction,
  tokensPerHypothesis,
  type Lexicon,
} from './grammar.ts';
import { chargeOfPlan, dearestLook, framesCharged, planOf, type KeyOf, type PlanContext } from './operators.ts';

export interface MaskState extends PlanContext {
  readonly lexicon: Lexicon;
  /** Classes that a hypothesis may name; empty for all. */
  readonly question: readonly string[];
  /** Keys of what was seen. */
  readonly seen: ReadonlySet<number>;
  readonly keyOf: KeyOf;
  /** `[looks][frames]`: times of what FINAL may point at. */
  readonly observed: readonly (readonly number[])[];
  readonly framesLeft: number;
  readonly stepsLeft: number;
  readonly mustEnd: boolean;
}

/** Longest thought. */
const mostAttributes = 16;
const mostBytes = 1024;

const range = (base: number, count: number) => Array.from({ length: count }, (_, index) => base + index);

/** Frames that the action would be charged; 0 where it does not look. */
export function framesOfAction(action: Action, state: MaskState): number {
  if (action.operator === 'THINK' || action.operator === 'FINAL') return 0;
  return framesCharged(chargeOfPlan(planOf(action, state), state.seen, state.keyOf));
}

/** Whether every token of the action is allowed where it stands. */
export function isAllowed(action: Action, state: MaskState): boolean {
  const ids = tokensFromAction(action, state.lexicon);
  return ids.every((id, index) => allowedTokens(ids.slice(0, index), state).includes(id));
}

/**
 * The token ids that may follow `prefix`, ascending by group; never empty for a prefix that was itself allowed and not
 * complete, empty for a complete action.
 */
export function allowedTokens(prefix: readonly number[], state: MaskState): readonly number[] {
  const [operator, ...rest] = prefix;
  switch (operator) {
    case undefined:
      return operators(state);
    case tokens.THINK:
      return thoughtTokens(rest, state);
    case tokens.BACKTRACK:
      return rest.length === 0 ? distancesFrom(state) : [];
    case tokens.EXPAND:
      return rest.length === 0 ? factorsFrom(state) : [];
    case tokens.SAMPLE:
      return sampleTokens(rest, state);
    case tokens.FINAL:
      return finalTokens(rest, state);
    default:
      return [];
  }
}

function operators(state: MaskState): number[] {
  if (state.mustEnd || state.stepsLeft < 2) return [tokens.FINAL];
  const looks = [
    ...(distancesFrom(state).length > 0 ? [tokens.BACKTRACK] : []),
    ...(factorsFrom(state).length > 0 ? [tokens.EXPAND] : []),
    ...(startsFrom(state).size > 0 ? [tokens.SAMPLE] : []),
  ];
  return [tokens.THINK, ...looks, tokens.FINAL];
}

const isPayable = (action: Action, state: MaskState) => framesOfAction(action, state) <= state.framesLeft;
/** One look costs at most this, so that whatever arguments follow, some can be paid. */
const paysAnyLook = ({ framesLeft }: MaskState) => framesLeft >= dearestLook;
/** What the last of a budget can still be spent on: looks that show something. */
const isLeft = (action: Action, state: MaskState) => framesOfAction(action, state) > 0 && isPayable(action, state);

function distancesFrom(state: MaskState): number[] {
  const all = range(tokens.distance, distances.length);
  if (paysAnyLook(state)) return all;
  return all.filter((_, index) => isLeft({ operator: 'BACKTRACK', distance: distances[index] ?? 1 }, state));
}

function factorsFrom(state: MaskState): number[] {
  const all = range(tokens.factor, factors.length);
  if (paysAnyLook(state)) return all;
  return all.filter((_, index) => isLeft({ operator: 'EXPAND', factor: factors[index] ?? 2 }, state));
}

const payableStarts = new WeakMap<MaskState, ReadonlySet<number>>();

/** Steps of half a second at which a SAMPLE can begin and still end and be paid; none where no SAMPLE shows anything. */
function startsFrom(state: MaskState): ReadonlySet<number> {
  const known = payableStarts.get(state);
  if (known !== undefined) return known;
  const all = range(-coarseReach * fineCount, coarseCount * fineCount - 1);
  // The densest first: over answers that last, as those of a replay do, it costs least.
  const canBegin = (check: typeof isPayable) => (step: number) =>
    rates.toReversed().some((rate) => check(shortestSample(step * fineSeconds, rate), state));
  const starts = paysAnyLook(state) ? all : all.some(canBegin(isLeft)) ? all.filter(canBegin(isPayable)) : [];
  payableStarts.set(state, new Set(starts));
  return new Set(starts);
}

const shortestSample = (start: number, rate: number): Action => ({
  operator: 'SAMPLE',
  start,
  end: start + fineSeconds,
  rate,
});

function thoughtTokens(rest: readonly number[], { lexicon }: MaskState): readonly number[] {
  if (rest.at(-1) === tokens.end) return [];
  const text = rest.indexOf(tokens.text);
  if (text < 0) {
    const attributes = rest.length < mostAttributes ? range(tokens.attribute, lexicon.attributes.length) : [];
    return [tokens.end, tokens.text, ...attributes];
  }
  const bytes = rest.slice(text + 1).map((id) => id - tokens.byte);
  const [low, high] = nextBytes(bytes);
  if (high < 0x100 && low >= 0x80) return range(tokens.byte + low, high - low + 1);
  // An empty text is said by leaving it out, so that every thought has one spelling.
  const end = bytes.length > 0 ? [tokens.end] : [];
  if (bytes.length >= mostBytes) return end;
  return [...end, ...range(tokens.byte, 0x80), ...range(tokens.byte + 0xc2, 0xf5 - 0xc2)];
}

/** Bounds of the next byte of UTF-8 inside a character (RFC 3629, table of section 4), or [0, 256] between two. */
function nextBytes(bytes: readonly number[]): readonly [number, number] {
  let back = 0;
  while (back < 3 && isContinuation(bytes.at(-1 - back))) back++;
  const lead = bytes.at(-1 - back);
  if (lead === undefined) return [0, 256];
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (back + 1 >= length) return [0, 256];
  if (back > 0) return [0x80, 0xbf];
  return [lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80, lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf];
}

const isContinuation = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte < 0xc0;

function sampleTokens(rest: readonly number[], state: MaskState): readonly number[] {
  const offsetOf = (at: number) =>
    ((rest[at] as number) - tokens.coarse - coarseReach) * coarseSeconds +
    ((rest[at + 1] as number) - tokens.fine) * fineSeconds;
  const firstOf = (coarse: number) => (coarse - tokens.coarse - coarseReach) * coarseSeconds;
  const isRate = (start: number, end: number, rate: number) =>
    isPayable({ operator: 'SAMPLE', start, end, rate }, state);
  const isWindow = (start: number, end: number) =>
    end > start && end <= latestOffset && rates.some((rate) => isRate(start, end, rate));
  switch (rest.length) {
    case 0: {
      const starts = startsFrom(state);
      return range(tokens.coarse, coarseCount).filter((id) =>
        range(firstOf(id) / fineSeconds, fineCount).some((step) => starts.has(step)),
      );
    }
    case 1: {
      const starts = startsFrom(state);
      const first = firstOf(rest[0] as number) / fineSeconds;
      return range(tokens.fine, fineCount).filter((id) => starts.has(first + id - tokens.fine));
    }
    case 2: {
      const start = offsetOf(0);
      return range(tokens.coarse, coarseCount).filter((id) => {
        const first = firstOf(id);
        const earliest = Math.max(first, start + fineSeconds);
        return earliest < first + coarseSeconds && isWindow(start, earliest);
      });
    }
    case 3: {
      const start = offsetOf(0);
      const first = firstOf(rest[2] as number);
      return range(tokens.fine, fineCount).filter((id) => isWindow(start, first + (id - tokens.fine) * fineSeconds));
    }
    case 4: {
      const [start, end] = [offsetOf(0), offsetOf(2)];
      return rates.flatMap((rate, index) => (isRate(start, end, rate) ? [tokens.rate + index] : []));
    }
    default:
      return [];
  }
}

function finalTokens(rest: readonly number[], { observed, lexicon, question }: MaskState): readonly number[] {
  if (rest.at(-1) === tokens.end) return [];
  const place = rest.length % tokensPerHypothesis;
  const group = rest.slice(rest.length - place);
  const timeOf = (at: number) =>
    observed[(group[at] as number) - tokens.look]?.[(group[at + 1] as number) - tokens.frame] ?? -Infinity;
  /** Looks and frames from which an interval may begin (or end, once it has begun): it never ends before it begins. */
  const from = place < 2 ? -Infinity : timeOf(0);
  switch (place) {
    case 0:
    case 2: {
      const full = place === 0 && rest.length >= tokensPerHypothesis * mostHypotheses;
      const looks = full ? [] : observed.flatMap((times, look) => (times.some((time) => time >= from) ? [look] : []));
      return [...(place === 0 ? [tokens.end] : []), ...looks.map((look) => tokens.look + look)];
    }
    case 1:
    case 3: {
      const times = observed[(group[place - 1] as number) - tokens.look] ?? [];
      return times.flatMap((time, frame) => (time >= from ? [tokens.frame + frame] : []));
    }
    default:
      return lexicon.classes.flatMap((id, index) =>
        id !== normalClass && (question.length === 0 || question.includes(id)) ? [tokens.class + index] : [],
      );
  }
}

/** Which tokens of an action the mask left no choice about; one flag per token. */
export function forcedTokens(ids: readonly number[], state: MaskState): readonly boolean[] {
  return ids.map((_, index) => allowedTokens(ids.slice(0, index), state).length === 1);
}

/** The action that a policy which always takes `choose`'s pick of the allowed tokens would say. */
export function actionByChoosing(choose: (allowed: readonly number[]) => number, state: MaskState): Action {
  const ids: number[] = [];
  for (let allowed = allowedTokens(ids, state); allowed.length > 0; allowed = allowedTokens(ids, state)) {
    ids.push(choose(allowed));
  }
  return actionFromTokens(ids, state.lexicon);
}
