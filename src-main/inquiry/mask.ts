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
  type Lexicon,
} from './grammar.ts';
import { chargeOfPlan, dearestLook, framesCharged, planOf, type PlanContext } from './operators.ts';

export interface MaskState extends PlanContext {
  readonly lexicon: Lexicon;
  /** Classes that a hypothesis may name; empty for all. */
  readonly question: readonly string[];
  /** Ticks of the frames that were seen. */
  readonly seen: ReadonlySet<number>;
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
  return framesCharged(chargeOfPlan(planOf(action, state), state.seen));
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
      return rest.length === 0 ? range(tokens.distance, distances.length) : [];
    case tokens.EXPAND:
      return rest.length === 0 ? range(tokens.factor, factors.length) : [];
    case tokens.SAMPLE:
      return sampleTokens(rest, state);
    case tokens.FINAL:
      return finalTokens(rest, state);
    default:
      return [];
  }
}

function operators({ mustEnd, stepsLeft, framesLeft }: MaskState): number[] {
  if (mustEnd || stepsLeft < 2) return [tokens.FINAL];
  // One look costs this at most, so that whatever arguments follow, one of them can be paid.
  const looks = framesLeft >= dearestLook ? [tokens.BACKTRACK, tokens.EXPAND, tokens.SAMPLE] : [];
  return [tokens.THINK, ...looks, tokens.FINAL];
}

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
  const isPayable = (start: number, end: number, rate: number) =>
    framesOfAction({ operator: 'SAMPLE', start, end, rate }, state) <= state.framesLeft;
  const isWindow = (start: number, end: number) =>
    end > start && end <= latestOffset && rates.some((rate) => isPayable(start, end, rate));
  switch (rest.length) {
    case 0:
      return range(tokens.coarse, coarseCount);
    case 1: {
      const coarse = ((rest[0] as number) - tokens.coarse - coarseReach) * coarseSeconds;
      return range(tokens.fine, fineCount).filter((id) => coarse + (id - tokens.fine) * fineSeconds < latestOffset);
    }
    case 2: {
      const start = offsetOf(0);
      return range(tokens.coarse, coarseCount).filter((id) => {
        const first = (id - tokens.coarse - coarseReach) * coarseSeconds;
        const earliest = Math.max(first, start + fineSeconds);
        return earliest < first + coarseSeconds && isWindow(start, earliest);
      });
    }
    case 3: {
      const [start, coarse] = [offsetOf(0), ((rest[2] as number) - tokens.coarse - coarseReach) * coarseSeconds];
      return range(tokens.fine, fineCount).filter((id) => isWindow(start, coarse + (id - tokens.fine) * fineSeconds));
    }
    case 4: {
      const [start, end] = [offsetOf(0), offsetOf(2)];
      return rates.flatMap((rate, index) => (isPayable(start, end, rate) ? [tokens.rate + index] : []));
    }
    default:
      return [];
  }
}

function finalTokens(rest: readonly number[], { observed, lexicon, question }: MaskState): readonly number[] {
  if (rest.at(-1) === tokens.end) return [];
  const place = rest.length % 5;
  const group = rest.slice(rest.length - place);
  const timeOf = (at: number) =>
    observed[(group[at] as number) - tokens.look]?.[(group[at + 1] as number) - tokens.frame] ?? -Infinity;
  /** Looks and frames from which an interval may begin (or end, once it has begun): it never ends before it begins. */
  const from = place < 2 ? -Infinity : timeOf(0);
  switch (place) {
    case 0:
    case 2: {
      const full = place === 0 && rest.length >= 5 * mostHypotheses;
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
