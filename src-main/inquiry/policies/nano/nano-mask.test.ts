import { describe, expect, test } from 'vitest';
import type { Action } from '../../../contract/trajectory.ts';
import { actionFromTokens, tokens } from '../../grammar.ts';
import type { PolicyView, ViewLook } from '../../policy.ts';
import { testLexicon } from '../../testing/lexicon.ts';
import { defaultNanoWords } from './nano-config.ts';
import { choosable, namedStretches } from './nano-mask.ts';

const evidence = [-3, 1, 2, -0.2, -3, -3, 4, -3];
const classTokens = testLexicon.classes.map((_, index) => tokens.class + index);

/** One look of a frame in two seconds; the grammar would allow to point at any frame. */
const view = (logits: readonly number[] = evidence): PolicyView => ({
  ...{ question: [], lexicon: testLexicon, classes: ['normal', 'unusual'], activity: [], thoughts: [], taken: [] },
  looks: [
    {
      ...{ interval: 2, purpose: 'closer-look', observation: { kind: 'caption', segments: [] } },
      frames: logits.map((_, frame) => ({ offset: 2 * frame, sight: 2, reread: false })),
    },
  ],
  ...{ focusSeconds: 16, framesLeft: 0, stepsLeft: 1, mustEnd: true },
  belief: { prior: -4, probabilities: { normal: 0.5, unusual: 0.5 }, evidence: [logits] },
  chargeOf: () => ({ frames: 0, allowed: true }),
  allowedTokens: (prefix) => {
    const place = (prefix.length - 1) % 5;
    if (place === 0) return [tokens.end, tokens.look];
    if (place === 2) return [tokens.look];
    return place === 4 ? classTokens : logits.map((_, frame) => tokens.frame + frame);
  },
});

/** All FINALs that can be chosen, naming everything as the first class. */
function finals(of: PolicyView, prefix: readonly number[] = [tokens.FINAL]): number[][] {
  if (prefix.at(-1) === tokens.end) return [[...prefix]];
  const ids = choosable(of, prefix, defaultNanoWords).map(({ id }) => id);
  const distinct = (prefix.length - 1) % 5 === 4 ? ids.slice(0, 1) : ids;
  return distinct.flatMap((id) => finals(of, [...prefix, id]));
}

/** All actions that can be chosen after `prefix`, of which the mask allows every token of the grammar. */
function looksFrom(of: PolicyView, prefix: readonly number[] = [tokens.SAMPLE]): Action[] {
  if (prefix.length === 6) return [actionFromTokens(prefix, testLexicon)];
  return choosable(of, prefix, defaultNanoWords).flatMap(({ id }) => looksFrom(of, [...prefix, id]));
}

describe('what SAMPLE may look at', () => {
  const everything = Array.from({ length: tokens.class }, (_, id) => id);
  const symbols: ViewLook['observation'] = { kind: 'symbols', vocabulary: 'test', symbols: [] };
  const seen: PolicyView = {
    ...view([-3, 1, 2, -3]),
    looks: [
      {
        ...{ interval: 16, purpose: 'opening-look', observation: symbols },
        frames: [0, 16, 32, 48].map((offset) => ({ offset, sight: 2, reread: false })),
      },
    ],
    allowedTokens: () => everything,
    chargeOf: (action) => ({ frames: 8, allowed: action.operator === 'SAMPLE' && action.start < 40 }),
  };

  test('the moments that stand out, closely, longer or denser, as far as it is paid for', () => {
    const looks = looksFrom(seen);
    const usual = looks.flatMap((look) => (look.operator === 'SAMPLE' && look.rate === 1 ? [look] : []));
    const spans = usual.map(({ start, end }) => `${start}–${end}`);
    expect(new Set(spans)).toEqual(new Set(['-4–4', '-4–12', '12–20', '12–28', '28–36', '28–44']));
    // Denser ones end where usual ones do; what lies behind 40 s cannot be paid.
    expect(looks).toHaveLength(9);
    expect(looks.filter((look) => look.operator === 'SAMPLE' && look.rate === 2)).toHaveLength(3);
  });

  test('nothing where nothing is left that stands out: then it takes other ways', () => {
    const operators = (of: PolicyView) => choosable(of, [], defaultNanoWords).map(({ id }) => id);
    const none = { ...seen, chargeOf: () => ({ frames: 0, allowed: false }) };
    const others = [tokens.BACKTRACK, tokens.EXPAND, tokens.FINAL];
    expect(operators(seen)).toEqual(expect.arrayContaining([tokens.SAMPLE, ...others]));
    expect(operators(none)).toEqual(expect.arrayContaining(others));
    expect(operators(none)).not.toContain(tokens.SAMPLE);
    expect(choosable(none, [tokens.SAMPLE], defaultNanoWords)).toEqual([]);
  });
});

describe('what FINAL may name', () => {
  test('stretches that stand out, the strongest first, each whole or not at all', () => {
    const spans = namedStretches(view()).map(({ start, end }) => [start, end]);
    expect(spans).toEqual([
      [12, 14],
      [2, 8],
    ]);
    const look = tokens.look;
    const [first] = choosable(view(), [tokens.FINAL, look, tokens.frame, look, tokens.frame], defaultNanoWords);
    const named = (from: number, to: number) => [look, tokens.frame + from, look, tokens.frame + to, first?.id];
    expect(finals(view())).toEqual([
      [tokens.FINAL, tokens.end],
      [tokens.FINAL, ...named(6, 6), tokens.end],
      [tokens.FINAL, ...named(6, 6), ...named(1, 3), tokens.end],
    ]);
  });

  test('nothing that was seen from afar alone: it only hints at what lies beside it', () => {
    const [look] = view().looks;
    if (look === undefined) throw new Error('no look');
    const symbols: ViewLook = {
      ...look,
      interval: 4,
      observation: { kind: 'symbols', vocabulary: 'test', symbols: [] },
    };
    expect(namedStretches({ ...view(), looks: [symbols] })).toEqual([]);
    expect(namedStretches({ ...view(), looks: [{ ...symbols, interval: 2 }] })).toHaveLength(2);
    expect(namedStretches({ ...view(), looks: [{ ...look, interval: 4 }] })).toHaveLength(2);
  });

  test('nothing where nothing does', () => {
    expect(finals(view(evidence.map(() => -1)))).toEqual([[tokens.FINAL, tokens.end]]);
  });

  test('every class that the grammar allows', () => {
    const prefix = [tokens.FINAL, tokens.look, tokens.frame + 6, tokens.look, tokens.frame + 6];
    expect(choosable(view(), prefix, defaultNanoWords).map(({ id }) => id)).toEqual(classTokens);
  });
});
