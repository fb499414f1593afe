/** Fits the part of the noise model that speaks of keypoints: scores, errors, and how far left and right are put apart. */
import { sizeOf, turnedAway } from '../../src-main/simulation/symbolic/conditions.ts';
import type { ErrorModel, KeypointModel } from '../../src-main/simulation/symbolic/noise-model.ts';
import { faceCount, rayleighMean } from '../../src-main/simulation/symbolic/seen-keypoints.ts';
import { correlation, leastSquares, mean, product } from './regression.ts';
import { deciles, logit, memoryOf, rounded, type Sight } from './sights.ts';

const count = 17;
const pairs = (count - faceCount) / 2;
/** Spread of the logarithm of the length of a vector of two standard normals: π / √24. */
const rayleighSpread = 0.641;
/** Sizes of a person from which on left and right are far enough from each other to tell how far they are put. */
const tellable = 0.06;
/** What lies nearer counts as this far: the grid of the net, in sizes of a person. */
const nearest = 0.003;
/** Errors beyond this are another person's limbs. */
const farthest = 0.5;

interface Posed {
  readonly sight: Sight;
  readonly size: number;
  /** `[17]` */
  readonly scores: readonly number[];
  readonly seen: (k: number) => readonly [x: number, y: number];
  readonly there: (k: number) => readonly [x: number, y: number];
}

export function keypointModel(poses: readonly Sight[]): KeypointModel {
  const posed = poses.flatMap((sight): Posed[] => {
    const keypoints = sight.found?.keypoints;
    if (keypoints === undefined) return [];
    const size = sizeOf(sight.figure, sight.aspect);
    const { points } = sight.figure.outline;
    return [
      {
        ...{ sight, size },
        scores: Array.from({ length: count }, (_, k) => logit(keypoints[3 * k + 2] ?? 0)),
        seen: (k) => [((keypoints[3 * k] ?? 0) * sight.aspect) / size, (keypoints[3 * k + 1] ?? 0) / size],
        there: (k) => [(points[3 * k] ?? 0) / size, (points[3 * k + 1] ?? 0) / size],
      },
    ];
  });
  const face = errorModel(
    posed.flatMap(({ seen, there, scores }) =>
      Array.from({ length: faceCount }, (_, k) => ({ error: difference(seen(k), there(k)), score: scores[k] ?? 0 })),
    ),
  );
  const middleErrors = Array.from({ length: pairs }, (_, pair) =>
    posed.map((one) => {
      const [left, right] = [faceCount + 2 * pair, faceCount + 2 * pair + 1];
      const error = difference(middle(one.seen(left), one.seen(right)), middle(one.there(left), one.there(right)));
      return { error, score: ((one.scores[left] ?? 0) + (one.scores[right] ?? 0)) / 2 };
    }),
  );
  const apart = Array.from({ length: pairs }, (_, pair) => posed.map((one) => apartOf(one, pair)));
  const [shoulders, hips] = [middleErrors[0] ?? [], middleErrors[3] ?? []].map((errors) =>
    errors.map(({ error }) => Math.max(-0.1, Math.min(0.1, error[0]))),
  );
  const sights = posed.map(({ sight }) => sight);
  return {
    ...scoresOf(posed),
    face,
    middles: middleErrors.map(errorModel),
    together: rounded(Math.max(0, correlation((shoulders ?? []).map((value, index) => [value, hips?.[index] ?? 0])))),
    errorMemory: memoryOf(sights, hips ?? []),
    apartTogether: rounded(Math.max(0, togetherOf(apart))),
    apart: apart.map((values) => deciles(values.flatMap((value) => value?.share ?? []))),
    apartMemory: memoryOf(
      sights,
      (apart[3] ?? []).map((value) => (value === null ? null : Math.sign(value.share))),
    ),
    across: errorModel(
      apart.flat().flatMap((value) => (value === null ? [] : [{ error: [value.off, 0], score: value.score }])),
    ),
  };
}

/** Mean correlation of the shares of two pairs of one body. */
function togetherOf(apart: readonly (readonly ({ readonly share: number } | null)[])[]): number {
  const both = [
    [0, 3],
    [0, 2],
    [3, 5],
  ] as const;
  return mean(
    both.map(([one, other]) =>
      correlation(
        (apart[one] ?? []).flatMap((value, index): [number, number][] => {
          const second = apart[other]?.[index] ?? null;
          return value === null || second === null ? [] : [[value.share, second.share]];
        }),
      ),
    ),
  );
}

type Point = readonly [x: number, y: number];
const difference = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** The seen distance from left to right as a share of the true one, along it and across; null where it is short. */
function apartOf({ seen, there, scores }: Posed, pair: number): { share: number; off: number; score: number } | null {
  const [left, right] = [faceCount + 2 * pair, faceCount + 2 * pair + 1];
  const [is, was] = [difference(seen(left), seen(right)), difference(there(left), there(right))];
  const length = Math.hypot(...was);
  if (length < tellable) return null;
  const share = (is[0] * was[0] + is[1] * was[1]) / length ** 2;
  const off = Math.abs(is[0] * was[1] - is[1] * was[0]) / length;
  return { share: Math.max(-2, Math.min(2, share)), off, score: ((scores[left] ?? 0) + (scores[right] ?? 0)) / 2 };
}

function errorModel(errors: readonly { readonly error: Point; readonly score: number }[]): ErrorModel {
  const kept = errors.filter(({ error }) => Math.hypot(...error) < farthest);
  const heights = kept.map(({ error }) => error[1]).toSorted((a, b) => a - b);
  const below = heights[heights.length >> 1] ?? 0;
  const { weights, spread } = leastSquares(
    kept.map(({ score }) => [1, score]),
    kept.map(({ error }) => Math.log(Math.max(nearest, Math.hypot(error[0], error[1] - below)))),
  );
  return {
    far: rounded((weights[0] ?? 0) - rayleighMean),
    byScore: rounded(weights[1] ?? 0),
    tail: rounded(Math.sqrt(Math.max(0, spread ** 2 - rayleighSpread ** 2))),
    below: rounded(below),
  };
}

function scoresOf(posed: readonly Posed[]): Pick<KeypointModel, 'base' | 'weights' | 'spread' | 'memory'> {
  const points = posed.flatMap(({ sight, size, scores }) => {
    const away = turnedAway(sight.figure);
    return scores.map((score, k) => ({
      ...{ k, sight, score },
      given: [
        logit(sight.found?.score ?? 0),
        1 - (sight.figure.open[k] ?? 0),
        Math.log(size),
        k < faceCount ? away : 0,
      ],
    }));
  });
  const own = (k: number) => Array.from({ length: count }, (_, other) => (other === k ? 1 : 0));
  const line = leastSquares(
    points.map(({ k, given }) => [1, ...given, ...own(k)]),
    points.map(({ score }) => score),
  );
  const [constant = 0, byPerson = 0, byHidden = 0, bySize = 0, byAway = 0, ...base] = line.weights;
  const left = points.map(
    ({ k, given, score }) =>
      (score - constant - product([byPerson, byHidden, bySize, byAway], given) - (base[k] ?? 0)) / line.spread,
  );
  const memories = [0, 5, 9, 11, 15].map((k) => {
    const of = points.flatMap((point, index) => (point.k === k ? [index] : []));
    return memoryOf(
      of.flatMap((index) => points[index]?.sight ?? []),
      of.map((index) => left[index] ?? 0),
    );
  });
  return {
    base: base.map((value) => rounded(value + constant)),
    weights: [rounded(byPerson), rounded(byHidden), rounded(bySize), rounded(byAway)],
    spread: rounded(line.spread),
    memory: {
      stays: rounded(mean(memories.map(({ stays }) => stays))),
      drifts: rounded(mean(memories.map(({ drifts }) => drifts))),
    },
  };
}
