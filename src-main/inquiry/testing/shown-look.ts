/** Looks as the environment keeps them, with what they show written down. For tests of explanations. */
import type { AttributeName } from '../../perception/attributes.ts';
import type { Box } from '../../perception/detection.ts';
import type { PerceptionView } from '../policy.ts';
import type { TakenLook } from '../taken-look.ts';

export interface Shown {
  readonly value: number;
  readonly frames?: readonly number[];
  readonly percentile?: number;
  readonly place?: Box;
  readonly by?: readonly number[];
}

/**
 * A look of 4 s from `start` after an anchor at 1000 s, two frames a second; each attribute rests on all of them or on
 * those named.
 */
export function shownLook(
  start: number,
  attributes: Partial<Record<AttributeName, Shown>>,
  saw: readonly ('motion' | 'objects' | 'persons')[],
  rest: Partial<PerceptionView> = {},
): TakenLook {
  return {
    step: 1,
    purpose: 'activity-peak',
    plan: { level: 2, start, times: [] },
    frames: Array.from({ length: 8 }, (_, index) => ({
      asked: start + index / 2,
      sight: { start: start + index / 2, end: start + (index + 1) / 2 },
      time: 1000 + start + index / 2,
      reread: false,
    })),
    observation: {
      kind: 'perception',
      saw: [...saw],
      vector: new Float32Array(),
      attributes: Object.entries(attributes).map(([name, { value, frames, percentile, place, by }]) => ({
        ...{ name, value, percentile: percentile ?? null, place: place ?? null, by: by ?? [] },
        frames: frames ?? [0, 1, 2, 3, 4, 5, 6, 7],
      })),
      ...{ surprise: [], novelty: [], novelties: [], atHour: false, tracks: [], ...rest },
    },
    stored: { kind: 'perception', saw: [...saw], attributes: [], surprise: [], novelty: [] },
  };
}
