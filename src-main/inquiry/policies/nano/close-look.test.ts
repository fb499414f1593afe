import { describe, expect, test } from 'vitest';
import { latestOffset } from '../../grammar.ts';
import type { ViewLook } from '../../policy.ts';
import { closeLook, closeStart } from './close-look.ts';

/** All that it goes by: how far apart the frames of the opening look lie, and whether they stand for segments. */
const seenAt = (
  interval: number,
  observation: ViewLook['observation'] = { kind: 'symbols', vocabulary: '', symbols: [] },
) => ({
  looks: [
    {
      ...{ interval, purpose: 'opening-look' as const, observation },
      frames: [{ offset: 0, sight: 1, reread: false }],
    },
  ],
});

describe('a close look', () => {
  test('is one of eight frames, as long before the moment as after it', () => {
    expect(closeLook(seenAt(16), 40)).toEqual({ operator: 'SAMPLE', start: 36, end: 44, rate: 1 });
    expect(closeLook(seenAt(2), 10)).toEqual({ operator: 'SAMPLE', start: 8, end: 12, rate: 2 });
    expect(closeLook(seenAt(0.5), 3)).toEqual({ operator: 'SAMPLE', start: 2, end: 4, rate: 4 });
  });

  test('of segments reaches to the neighbours that the opening look has', () => {
    const segments = { kind: 'caption' as const, segments: [] };
    expect(closeLook(seenAt(16, segments), 40)).toEqual({ operator: 'SAMPLE', start: 24, end: 56, rate: 0.25 });
    expect(closeLook(seenAt(2, segments), 10)).toEqual(closeLook(seenAt(2), 10));
    expect(closeStart(seenAt(16, segments), 8)).toBe(-8);
  });

  test('may be longer or denser from the same start, which is what the net is told', () => {
    const [view, moment] = [seenAt(16), 40.3];
    expect(closeStart(view, moment)).toBe(36.5);
    expect(closeLook(view, moment, { longer: true })).toMatchObject({ start: 36.5, end: 52.5, rate: 1 });
    expect(closeLook(view, moment, { denser: true })).toMatchObject({ start: 36.5, end: 44.5, rate: 2 });
  });

  test('ends where the grammar can name no later time', () => {
    expect(closeLook(seenAt(16), latestOffset + 1)).toMatchObject({ end: latestOffset });
    expect(closeLook(seenAt(16), latestOffset + 9)).toBeNull();
  });
});
