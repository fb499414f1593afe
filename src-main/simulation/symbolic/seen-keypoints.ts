/** Keypoints as the pose net gives them: scores, errors that a body shares, and left taken for right. */
import { sizeOf, turnedAway } from './conditions.ts';
import type { Figure } from './figures.ts';
import type { ErrorModel, KeypointModel } from './noise-model.ts';
import { mixed, normalAt, rememberedAt } from './noise.ts';
import { keypointCount } from './outline.ts';
import { scoreOf, type Instant } from './seen-boxes.ts';

/** A pose whose keypoints score less on average is nobody (as in MoveNet's decoding). */
const leastKeypointScore = 0.15;
export const faceCount = 5;
/** The mean logarithm of the length of a vector of two standard normals: (ln 2 − γ) / 2. */
export const rayleighMean = 0.058;
const seed = 16;

/** `[17, 3]` of a person whose pose has a score of `logit`; null where the keypoints say too little. */
export function seenKeypoints(
  figure: Figure,
  logit: number,
  at: Instant,
  aspect: number,
  model: KeypointModel,
): Float32Array | null {
  const { points } = figure.outline;
  const own = mixed(figure.key, seed);
  const size = sizeOf(figure, aspect);
  const scores = scoreLogits(figure, logit, own, at, size, model);
  const keypoints = new Float32Array(3 * keypointCount);
  let sum = 0;
  const put = (k: number, x: number, y: number) => {
    const score = scoreOf(scores[k] ?? 0);
    sum += score;
    keypoints[3 * k] = clamp(x / aspect);
    keypoints[3 * k + 1] = clamp(y);
    keypoints[3 * k + 2] = score;
  };
  const noise = (which: number) => rememberedAt(mixed(own, which), at.time, at.frame, model.errorMemory);
  const [share, rest] = [Math.sqrt(model.together), Math.sqrt(1 - model.together)];
  const turned = (which: number) => rememberedAt(mixed(own, which), at.time, at.frame, model.apartMemory);
  const bodyTurn = turned(202);
  const [bodyX, bodyY] = [share * noise(200), share * noise(201)];
  const scaleOf = ({ far, byScore, tail }: ErrorModel, score: number, which: number) =>
    size * Math.exp(far + byScore * score + tail * normalAt(mixed(own, which), at.frame));

  for (let k = 0; k < faceCount; k++) {
    const scale = scaleOf(model.face, scores[k] ?? 0, 100 + k);
    const [x, y] = [points[3 * k] ?? 0, (points[3 * k + 1] ?? 0) + size * model.face.below];
    put(k, x + scale * (bodyX + rest * noise(2 * k)), y + scale * (bodyY + rest * noise(2 * k + 1)));
  }
  for (const [pair, middle] of model.middles.entries()) {
    const left = faceCount + 2 * pair;
    const score = ((scores[left] ?? 0) + (scores[left + 1] ?? 0)) / 2;
    const at3 = 3 * left;
    const [lx, ly, rx, ry] = [points[at3] ?? 0, points[at3 + 1] ?? 0, points[at3 + 3] ?? 0, points[at3 + 4] ?? 0];
    const scale = scaleOf(middle, score, 100 + left);
    const x = (lx + rx) / 2 + scale * (bodyX + rest * noise(2 * left));
    const y = (ly + ry) / 2 + size * middle.below + scale * (bodyY + rest * noise(2 * left + 1));
    const turn = Math.sqrt(model.apartTogether) * bodyTurn + Math.sqrt(1 - model.apartTogether) * turned(203 + pair);
    const apart = quantile(model.apart[pair] ?? [], turn) / 2;
    const off = scaleOf(model.across, score, 101 + left) / 2;
    const [dx, dy] = [apart * (lx - rx) + off * noise(2 * left + 2), apart * (ly - ry) + off * noise(2 * left + 3)];
    put(left, x + dx, y + dy);
    put(left + 1, x - dx, y - dy);
  }
  return sum < leastKeypointScore * keypointCount ? null : keypoints;
}

function scoreLogits(
  figure: Figure,
  logit: number,
  own: number,
  { time, frame }: Instant,
  size: number,
  { base, weights, spread, memory }: KeypointModel,
): Float64Array {
  const [byPerson, byHidden, bySize, byAway] = weights;
  const plain = byPerson * logit + bySize * Math.log(size);
  const away = byAway * turnedAway(figure);
  const logits = new Float64Array(keypointCount);
  for (let k = 0; k < keypointCount; k++) {
    logits[k] =
      (base[k] ?? 0) +
      plain +
      byHidden * (1 - (figure.open[k] ?? 0)) +
      (k < faceCount ? away : 0) +
      spread * rememberedAt(mixed(own, 50 + k), time, frame, memory);
  }
  return logits;
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** The value of which `deciles` (eleven, ascending) are the quantiles, at a standard normal's quantile. */
function quantile(deciles: readonly number[], normal: number): number {
  const at = 10 * scoreOf(1.702 * normal);
  const below = Math.min(9, Math.floor(at));
  return (deciles[below] ?? 0) + (at - below) * ((deciles[below + 1] ?? 0) - (deciles[below] ?? 0));
}
