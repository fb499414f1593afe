/** The quantised action grammar, version 1: actions into tokens and back, exactly. */
import { AppError } from '../contract/errors.ts';
import type { Action, Hypothesis } from '../contract/trajectory.ts';

export const grammarVersion = 1;

/** Token ids of version 1 (SPEC G1). They never change: a later grammar gets a later version. */
export const tokens = {
  end: 0,
  THINK: 1,
  BACKTRACK: 2,
  EXPAND: 3,
  SAMPLE: 4,
  FINAL: 5,
  /** Opens the words of a thought. */
  text: 6,
  /** Stands for one frame that was seen. */
  observed: 7,
  distance: 16,
  factor: 24,
  rate: 32,
  /** Time in steps of eight seconds, then in half seconds. */
  coarse: 64,
  fine: 112,
  look: 128,
  frame: 384,
  class: 400,
  attribute: 464,
  byte: 592,
} as const;
export const vocabularySize = 848;

/** BACKTRACK: lengths of the focus before its start. */
export const distances = [0.5, 1, 1.5, 2, 3, 4, 6, 8] as const;
/** EXPAND: times the focus. */
export const factors = [2, 4, 8, 16] as const;
/** SAMPLE: frames per second. */
export const rates = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8] as const;

export const coarseSeconds = 8;
export const fineSeconds = 0.5;
/** Coarse steps run from -16 to 16. */
export const coarseReach = 16;
export const coarseCount = 2 * coarseReach + 1;
export const fineCount = coarseSeconds / fineSeconds;
const lookCount = 256;
const frameCount = 8;
export const classCount = 64;
export const attributeCount = 128;
/** Two pointers of two tokens each, and a class. */
export const tokensPerHypothesis = 5;
/** Most hypotheses of a FINAL. */
export const mostHypotheses = 8;

/** What class and attribute tokens stand for. */
export interface Lexicon {
  readonly classes: readonly string[];
  readonly attributes: readonly string[];
}

/** Earliest and latest time that an action can name, seconds after the start of the focus. */
export const earliestOffset = -coarseReach * coarseSeconds;
export const latestOffset = coarseReach * coarseSeconds + coarseSeconds - fineSeconds;

/** The nearest time that the grammar can name. */
export const quantisedOffset = (seconds: number): number =>
  Math.min(latestOffset, Math.max(earliestOffset, Math.round(seconds / fineSeconds) * fineSeconds));

/**
 * The tokens of an action.
 * @throws AppError `invalid-argument` for an argument that the grammar or the lexicon cannot say.
 */
export function tokensFromAction(action: Action, lexicon: Lexicon): number[] {
  switch (action.operator) {
    case 'THINK':
      return [
        tokens.THINK,
        ...action.attributes.map((name) => entry(tokens.attribute, lexicon.attributes.indexOf(name), name)),
        ...(action.text === '' ? [] : [tokens.text, ...bytesOf(action.text)]),
        tokens.end,
      ];
    case 'BACKTRACK':
      return [tokens.BACKTRACK, valueToken(tokens.distance, distances, action.distance)];
    case 'EXPAND':
      return [tokens.EXPAND, valueToken(tokens.factor, factors, action.factor)];
    case 'SAMPLE':
      if (action.end <= action.start) throw unspeakable('a window that ends before it starts');
      return [
        tokens.SAMPLE,
        ...offsetTokens(action.start),
        ...offsetTokens(action.end),
        valueToken(tokens.rate, rates, action.rate),
      ];
    case 'FINAL':
      if (action.hypotheses.length > mostHypotheses) throw unspeakable(`${action.hypotheses.length} hypotheses`);
      return [
        tokens.FINAL,
        ...action.hypotheses.flatMap((hypothesis) => [
          ...[hypothesis.first, hypothesis.last].flatMap((pointer) => [
            entry(tokens.look, pointer.look < lookCount ? pointer.look : -1, `look ${pointer.look}`),
            entry(tokens.frame, pointer.frame < frameCount ? pointer.frame : -1, `frame ${pointer.frame}`),
          ]),
          entry(tokens.class, lexicon.classes.indexOf(hypothesis.class), hypothesis.class),
        ]),
        tokens.end,
      ];
    default:
      return action satisfies never;
  }
}

/**
 * The action that the tokens say, all of them.
 * @throws AppError `invalid-argument` where they are no action.
 */
export function actionFromTokens(ids: readonly number[], lexicon: Lexicon): Action {
  let at = 0;
  const next = (what: string) => {
    const id = ids[at++];
    if (id === undefined) throw unspeakable(`tokens that stop before ${what}`);
    return id;
  };
  /** The number that a token of the group stands for. */
  const number = (base: number, below: number, what: string) => {
    const value = next(what) - base;
    if (!Number.isInteger(value) || value < 0 || value >= below) throw unspeakable(`token ${value + base} as ${what}`);
    return value;
  };
  const valueOf = <T>(base: number, values: readonly T[], what: string): T =>
    values[number(base, values.length, what)] as T;
  const offset = (what: string) =>
    (number(tokens.coarse, coarseCount, what) - coarseReach) * coarseSeconds +
    number(tokens.fine, fineCount, what) * fineSeconds;
  const pointer = (what: string) => ({
    look: number(tokens.look, lookCount, what),
    frame: number(tokens.frame, frameCount, what),
  });

  const operator = next('an operator');
  let action: Action;
  if (operator === tokens.THINK) {
    const attributes: string[] = [];
    while (ids[at] !== tokens.end && ids[at] !== tokens.text) {
      attributes.push(valueOf(tokens.attribute, lexicon.attributes, 'an attribute'));
    }
    const bytes: number[] = [];
    if (next('the end of a thought') === tokens.text) {
      while (ids[at] !== tokens.end) bytes.push(number(tokens.byte, 256, 'a byte'));
      at++;
    }
    action = { operator: 'THINK', attributes, text: textOf(bytes) };
  } else if (operator === tokens.BACKTRACK) {
    action = { operator: 'BACKTRACK', distance: valueOf(tokens.distance, distances, 'a distance') };
  } else if (operator === tokens.EXPAND) {
    action = { operator: 'EXPAND', factor: valueOf(tokens.factor, factors, 'a factor') };
  } else if (operator === tokens.SAMPLE) {
    action = {
      operator: 'SAMPLE',
      start: offset('a start'),
      end: offset('an end'),
      rate: valueOf(tokens.rate, rates, 'a rate'),
    };
    if (action.end <= action.start) throw unspeakable('a window that ends before it starts');
  } else if (operator === tokens.FINAL) {
    const hypotheses: Hypothesis[] = [];
    while (ids[at] !== tokens.end) {
      const [first, last] = [pointer('a first observation'), pointer('a last observation')];
      hypotheses.push({ first, last, class: valueOf(tokens.class, lexicon.classes, 'a class') });
    }
    if (hypotheses.length > mostHypotheses) throw unspeakable(`${hypotheses.length} hypotheses`);
    at++;
    action = { operator: 'FINAL', hypotheses };
  } else {
    throw unspeakable(`token ${operator} as an operator`);
  }
  if (at !== ids.length) throw unspeakable('tokens after the end of an action');
  return action;
}

/**
 * The two tokens of a time relative to the focus.
 * @throws AppError `invalid-argument` for a time that the grammar cannot name
 */
export function offsetTokens(seconds: number): [number, number] {
  const coarse = Math.floor(seconds / coarseSeconds);
  const fine = (seconds - coarse * coarseSeconds) / fineSeconds;
  if (!Number.isInteger(fine) || coarse < -coarseReach || coarse > coarseReach) throw unspeakable(`${seconds} s`);
  return [tokens.coarse + coarse + coarseReach, tokens.fine + fine];
}

const valueToken = (base: number, values: readonly number[], value: number) =>
  entry(base, values.indexOf(value), String(value));

function entry(base: number, index: number, what: string): number {
  if (index < 0) throw unspeakable(what);
  return base + index;
}

function bytesOf(text: string): number[] {
  return Array.from(new TextEncoder().encode(text), (byte) => tokens.byte + byte);
}

function textOf(bytes: readonly number[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch (cause) {
    throw new AppError('invalid-argument', 'The action grammar cannot say bytes that are no UTF-8.', { cause });
  }
}

const unspeakable = (what: string) => new AppError('invalid-argument', `The action grammar cannot say ${what}.`);
