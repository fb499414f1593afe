import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { tokens, tokensFromAction } from './grammar.ts';
import { actionByChoosing, allowedTokens, forcedTokens, framesOfAction, isAllowed, type MaskState } from './mask.ts';
import { maskState, testLexicon } from './testing/lexicon.ts';

const state: fc.Arbitrary<MaskState> = fc
  .record({
    start: fc.integer({ min: -60, max: 0 }),
    length: fc.integer({ min: 1, max: 128 }),
    focusStart: fc.integer({ min: -400, max: 400 }).map((tick) => tick / 8),
    focusLength: fc.constantFrom(1, 2, 4, 8, 12, 32, 128),
    framesLeft: fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 60 }).map((quarters) => quarters / 4),
    ),
    stepsLeft: fc.integer({ min: 1, max: 10 }),
    seen: fc.array(fc.integer({ min: -480, max: 1024 }), { maxLength: 60 }),
    observed: fc.array(fc.array(fc.integer({ min: -60, max: 128 }), { minLength: 1, maxLength: 8 }), { maxLength: 5 }),
    question: fc.constantFrom([], ['fight']),
    mustEnd: fc.boolean(),
  })
  .map(({ start, length, focusStart, focusLength, seen, observed, ...rest }) =>
    maskState({
      ...rest,
      episode: { start, end: start + length },
      focus: { start: focusStart, end: focusStart + focusLength },
      seen: new Set(seen),
      observed: observed.map((times) => times.toSorted((a, b) => a - b)),
    }),
  );

describe('the mask', () => {
  it('G3, B3: whatever is chosen of the allowed tokens becomes an action that can be paid', () => {
    fc.assert(
      fc.property(state, fc.string(), (situation, seed) => {
        const random = randomFrom(seed);
        // Ends thoughts early: a thought may be a thousand bytes long.
        const action = actionByChoosing(
          (allowed) => (allowed[0] === tokens.end && random.next() < 0.3 ? tokens.end : random.pick(allowed)),
          situation,
        );
        expect(isAllowed(action, situation)).toBe(true);
        expect(framesOfAction(action, situation)).toBeLessThanOrEqual(Math.max(0, situation.framesLeft));
        const mustEnd = situation.mustEnd || situation.stepsLeft < 2;
        expect(mustEnd && action.operator !== 'FINAL').toBe(false);
        const hypotheses = action.operator === 'FINAL' ? action.hypotheses : [];
        for (const { first, last, class: id } of hypotheses) {
          const time = (pointer: typeof first) => situation.observed[pointer.look]?.[pointer.frame] ?? NaN;
          expect(time(last)).toBeGreaterThanOrEqual(time(first));
          expect(situation.question.length === 0 ? ['unusual', 'fight'] : situation.question).toContain(id);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('B3: offers no look that the budget has no frames for', () => {
    expect(allowedTokens([], maskState({ framesLeft: 0.75 }))).toEqual([tokens.THINK, tokens.FINAL]);
    expect(allowedTokens([], maskState({ framesLeft: 8 }))).toContain(tokens.SAMPLE);
    const eightASecond = { operator: 'SAMPLE', start: 0, end: 8, rate: 8 } as const;
    expect(isAllowed(eightASecond, maskState({ framesLeft: 63 }))).toBe(false);
    expect(isAllowed(eightASecond, maskState({ framesLeft: 64 }))).toBe(true);
    // Of this look one frame alone lies in the episode.
    const atTheEnd = { operator: 'SAMPLE', start: 69.5, end: 70, rate: 2 } as const;
    expect(isAllowed(atTheEnd, maskState({ framesLeft: 1 }))).toBe(true);
    expect(isAllowed({ ...atTheEnd, start: 69 }, maskState({ framesLeft: 1 }))).toBe(false);
    // Where one answer stands for all, one unit pays for everything.
    expect(isAllowed(eightASecond, maskState({ framesLeft: 1, keyOf: () => 5 }))).toBe(true);
  });

  it('offers FINAL alone on the last step', () => {
    expect(allowedTokens([], maskState({ stepsLeft: 1 }))).toEqual([tokens.FINAL]);
  });

  it('G4: marks what it left no choice about', () => {
    const last = maskState({ stepsLeft: 1 });
    expect(forcedTokens(tokensFromAction({ operator: 'FINAL', hypotheses: [] }, testLexicon), last)).toEqual([
      true,
      true,
    ]);
    const seen = maskState({ observed: [[3]], question: ['fight'] });
    const pointer = { look: 0, frame: 0 };
    const ids = tokensFromAction(
      { operator: 'FINAL', hypotheses: [{ first: pointer, last: pointer, class: 'fight' }] },
      testLexicon,
    );
    expect(forcedTokens(ids, seen)).toEqual([false, false, true, true, true, true, false]);
  });

  it('allows exactly the bytes that continue UTF-8', () => {
    const after = (text: readonly number[]) =>
      allowedTokens([tokens.THINK, tokens.text, ...text.map((byte) => tokens.byte + byte)], maskState()).map(
        (id) => id - tokens.byte,
      );
    expect(after([0xe0])).toEqual(Array.from({ length: 0x20 }, (_, index) => 0xa0 + index));
    expect(Math.max(...after([0xed]))).toBe(0x9f);
    expect(Math.max(...after([0xf4]))).toBe(0x8f);
    expect(after([0xe2, 0x82])).toEqual(Array.from({ length: 0x40 }, (_, index) => 0x80 + index));
    expect(after([0xe2, 0x82, 0xac])).toContain(tokens.end - tokens.byte);
  });
});
