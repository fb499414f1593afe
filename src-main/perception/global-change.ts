/** What happened to the whole picture between two frames: its brightness, the camera's displacement, the noise. */
import type { LumaImage } from './luma.ts';
import { takeOutLocalLight } from './local-light.ts';
import { ResidualHistogram } from './residual-histogram.ts';
import { solve } from './solve.ts';

export interface GlobalChange {
  /**
   * `[height, width]`: the later frame as the earlier one predicts it, light that changed in parts of the picture
   * included; NaN where the earlier one does not reach.
   */
  readonly predicted: Float32Array;
  /** Change of mean brightness, levels of 255. */
  readonly light: number;
  /** Change of contrast, a factor from .2 to 5. */
  readonly gain: number;
  /** Displacement in pixels of the luma image; 0, 0 where the camera stood still. */
  readonly shiftX: number;
  readonly shiftY: number;
  /** Robust standard deviation of what the prediction leaves, levels of 255. */
  readonly noise: number;
}

interface Model {
  gain: number;
  /** Added to the mean: predicted = mean + offset + gain · (value − mean). */
  offset: number;
  x: number;
  y: number;
}

/** Largest displacement that is looked for, as a share of the picture's width and height: a fast pan. */
const searchShare = 1 / 6;
/** A picture with a shorter side than this, pixels, is taken to stand still. */
const smallestSide = 24;
/** Displacements below a quarter of a pixel are left to the threshold for edges. */
const smallestShift = 0.25;
/** The shift counts where this share of the cells with texture is predicted better with it than without. */
const neededSupport = 0.6;
/** Where the typical pixel is off by more than this, levels, it is another picture, which no light made. */
const mostNoise = 6;
/** Rounds of reweighting. More change nothing visible. */
const rounds = 4;
/** And of the fit with the shift, whose start may be a pixel off. */
const movedRounds = 6;

/**
 * Fits `later ≈ offset + gain · earlier(x − shift)` by least squares with Cauchy weights, so that what moves on its own
 * (up to nearly half of the picture) does not pull at it. The shift is kept only where it explains most of the
 * textured cells: things that move through a still picture make the standing cells worse.
 * Both images have the same size.
 */
export function estimateGlobalChange(earlier: LumaImage, later: LumaImage): GlobalChange {
  const mean = average(earlier.data);
  const still = fitLight(earlier.data, later.data, mean);
  const stillPrediction = predict(earlier, mean, still);
  const stillNoise = residualNoise(stillPrediction, later.data);
  const answer = (model: Model, predicted: Float32Array, noise: number): GlobalChange => {
    if (noise <= mostNoise) {
      if (model.x === 0 && model.y === 0) allowForClipping(predicted, earlier.data, later.data);
      takeOutLocalLight(predicted, later.data, later.width, later.height, noise);
    }
    return { predicted, light: model.offset, gain: model.gain, shiftX: model.x, shiftY: model.y, noise };
  };
  const roomToMove = Math.min(earlier.width, earlier.height) >= smallestSide;
  // A camera that moves leaves a residual all over the picture; the median of an undisturbed one is below one level.
  if (!roomToMove || stillNoise < 1) return answer(still, stillPrediction, stillNoise);
  const start = { ...still, x: profileShift(earlier, later, 'x'), y: profileShift(earlier, later, 'y') };
  const moved = fitMoved(earlier, later, mean, start);
  const length = Math.hypot(moved.x, moved.y);
  if (length < smallestShift || length > 2 * searchShare * earlier.width) {
    return answer(still, stillPrediction, stillNoise);
  }
  const movedPrediction = predict(earlier, mean, moved);
  if (support(earlier, later, stillPrediction, movedPrediction) < neededSupport) {
    return answer(still, stillPrediction, stillNoise);
  }
  return answer(moved, movedPrediction, residualNoise(movedPrediction, later.data));
}

function average(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return values.length === 0 ? 0 : sum / values.length;
}

/** The earlier picture at fractional positions: bilinear, NaN outside. */
function predict(image: LumaImage, mean: number, model: Model): Float32Array {
  const { width, height, data } = image;
  const predicted = new Float32Array(data.length);
  const base = mean + model.offset - model.gain * mean;
  if (model.x === 0 && model.y === 0) {
    for (let index = 0; index < data.length; index++) {
      const value = base + model.gain * (data[index] as number);
      predicted[index] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
    return predicted;
  }
  const wholeX = Math.floor(-model.x);
  const wholeY = Math.floor(-model.y);
  const partX = -model.x - wholeX;
  const partY = -model.y - wholeY;
  for (let y = 0; y < height; y++) {
    const fromY = y + wholeY;
    for (let x = 0; x < width; x++) {
      const fromX = x + wholeX;
      if (fromX < 0 || fromY < 0 || fromX + 1 >= width || fromY + 1 >= height) {
        predicted[y * width + x] = Number.NaN;
        continue;
      }
      const at = fromY * width + fromX;
      const upper = (data[at] as number) * (1 - partX) + (data[at + 1] as number) * partX;
      const lower = (data[at + width] as number) * (1 - partX) + (data[at + width + 1] as number) * partX;
      const value = base + model.gain * (upper * (1 - partY) + lower * partY);
      predicted[y * width + x] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return predicted;
}

/** Averages over a few pixels of which most are clipped. */
const clippedWhite = 245;
const clippedBlack = 8;

/**
 * What was clipped at white was at least as bright as its prediction from white, what was clipped at black at most: a
 * later value on that side is no surprise. Matters where exposure changes.
 */
function allowForClipping(predicted: Float32Array, earlier: Float32Array, later: Float32Array): void {
  for (let at = 0; at < later.length; at++) {
    const from = earlier[at] as number;
    if (from < clippedWhite && from > clippedBlack) continue;
    const [expected, value] = [predicted[at] as number, later[at] as number];
    if (from >= clippedWhite ? value > expected : value < expected) predicted[at] = value;
  }
}

function residualNoise(predicted: Float32Array, later: Float32Array): number {
  const residuals = new ResidualHistogram();
  for (let at = 0; at < later.length; at++) residuals.add((later[at] as number) - (predicted[at] as number));
  return residuals.deviation();
}

/** Gain and offset alone, by iteratively reweighted least squares over every third pixel. */
function fitLight(earlier: Float32Array, later: Float32Array, mean: number): Model {
  const model = { gain: 1, offset: 0, x: 0, y: 0 };
  const residuals = new ResidualHistogram();
  for (let round = 0; round < rounds; round++) {
    residuals.clear();
    for (let at = 0; at < later.length; at += 3) {
      residuals.add((later[at] as number) - (mean + model.offset + model.gain * ((earlier[at] as number) - mean)));
    }
    const inverse = 1 / Math.max(2, 2 * residuals.deviation());
    let [weights, values, squares, targets, products, pixels] = [0, 0, 0, 0, 0, 0];
    for (let at = 0; at < later.length; at += 3) {
      const from = earlier[at] as number;
      const to = later[at] as number;
      if (isSaturated(from) || isSaturated(to)) continue;
      const value = from - mean;
      const residual = to - (mean + model.offset + model.gain * value);
      const weight = 1 / (1 + (residual * inverse) ** 2);
      pixels++;
      weights += weight;
      values += weight * value;
      squares += weight * value * value;
      targets += weight * residual;
      products += weight * value * residual;
    }
    if (pixels < 16) break;
    // Without texture there is nothing to tell a gain by: a variance of two levels holds it at 1.
    squares += 2 * pixels;
    products += 2 * pixels * (1 - model.gain);
    const determinant = weights * squares - values * values;
    if (determinant <= 0) break;
    model.gain = Math.min(5, Math.max(0.2, model.gain + (weights * products - values * targets) / determinant));
    model.offset += (squares * targets - values * products) / determinant;
  }
  return model;
}

/** Gain, offset and shift together around `start`: Gauss-Newton steps with the same weights, linear in the shift. */
function fitMoved(earlier: LumaImage, later: LumaImage, mean: number, start: Model): Model {
  const { width, height } = earlier;
  const model = { ...start };
  const residuals = new ResidualHistogram();
  const row = new Float64Array(4);
  for (let round = 0; round < movedRounds; round++) {
    const base = predict(earlier, mean, { gain: 1, offset: 0, x: model.x, y: model.y });
    const residualAt = (at: number) =>
      (later.data[at] as number) - (mean + model.offset + model.gain * ((base[at] as number) - mean));
    residuals.clear();
    for (let at = 0; at < base.length; at += 3) residuals.add(residualAt(at));
    const inverse = 1 / Math.max(2, 2 * residuals.deviation());
    const matrix = new Float64Array(16);
    const right = new Float64Array(4);
    let pixels = 0;
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1 + (y & 1); x < width - 1; x += 2) {
        const at = y * width + x;
        const value = base[at] as number;
        const slopeX = ((base[at + 1] as number) - (base[at - 1] as number)) / 2;
        const slopeY = ((base[at + width] as number) - (base[at - width] as number)) / 2;
        if (Number.isNaN(value + slopeX + slopeY)) continue;
        if (isSaturated(value) || isSaturated(later.data[at] as number)) continue;
        const residual = residualAt(at);
        const weight = 1 / (1 + (residual * inverse) ** 2);
        pixels++;
        row[0] = value - mean;
        row[1] = 1;
        row[2] = -model.gain * slopeX;
        row[3] = -model.gain * slopeY;
        for (let i = 0; i < 4; i++) {
          const weighted = weight * (row[i] as number);
          right[i] = (right[i] as number) + weighted * residual;
          for (let j = i; j < 4; j++) {
            matrix[i * 4 + j] = (matrix[i * 4 + j] as number) + weighted * (row[j] as number);
          }
        }
      }
    }
    if (pixels < 16) return model;
    const held = [2, 1e-6, 0.5, 0.5];
    for (let i = 0; i < 4; i++) {
      matrix[i * 5] = (matrix[i * 5] as number) + pixels * (held[i] as number);
      for (let j = 0; j < i; j++) matrix[i * 4 + j] = matrix[j * 4 + i] as number;
    }
    right[0] = (right[0] as number) + 2 * pixels * (1 - model.gain);
    const step = solve(matrix, right, 4);
    model.gain = Math.min(5, Math.max(0.2, model.gain + (step[0] as number)));
    model.offset += step[1] as number;
    // The linearisation holds for about a pixel.
    model.x += Math.min(1, Math.max(-1, step[2] as number));
    model.y += Math.min(1, Math.max(-1, step[3] as number));
    if (Math.hypot(model.x, model.y) < smallestShift / 2) return model;
  }
  return model;
}

/** Saturated pixels say nothing of gain and offset. */
const isSaturated = (value: number) => value < 3 || value > 252;

/**
 * Whole-pixel displacement along one axis, from the sums over the other one. Profiles are made free of mean and
 * contrast, so that a change of light does not count.
 */
function profileShift(earlier: LumaImage, later: LumaImage, axis: 'x' | 'y'): number {
  const from = profile(earlier, axis);
  const to = profile(later, axis);
  let best = 0;
  let bestCost = Infinity;
  let costOfNone = 0;
  const searchRadius = Math.floor(from.length * searchShare);
  for (let shift = -searchRadius; shift <= searchRadius; shift++) {
    let cost = 0;
    for (let index = searchRadius; index < from.length - searchRadius; index++) {
      cost += Math.abs((to[index] as number) - (from[index - shift] as number));
    }
    if (shift === 0) costOfNone = cost;
    if (cost < bestCost) {
      bestCost = cost;
      best = shift;
    }
  }
  return bestCost < 0.8 * costOfNone ? best : 0;
}

function profile(image: LumaImage, axis: 'x' | 'y'): Float64Array {
  const { width, height, data } = image;
  const sums = new Float64Array(axis === 'x' ? width : height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = axis === 'x' ? x : y;
      sums[at] = (sums[at] as number) + (data[y * width + x] as number);
    }
  }
  const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length;
  const deviation = Math.sqrt(sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sums.length);
  return sums.map((value) => (value - mean) / Math.max(deviation, 1e-6));
}

/**
 * Share of the cells with texture that `moved` predicts clearly better than `still`; 0 where there are few of them, or
 * where more than a tenth of them get worse: those stand still.
 */
function support(earlier: LumaImage, later: LumaImage, still: Float32Array, moved: Float32Array): number {
  const cell = 8;
  let textured = 0;
  let better = 0;
  let worse = 0;
  for (let top = 0; top + cell < earlier.height; top += cell) {
    for (let left = 0; left + cell < earlier.width; left += cell) {
      let texture = 0;
      let before = 0;
      let after = 0;
      for (let y = top; y < top + cell; y++) {
        for (let x = left; x < left + cell; x++) {
          const at = y * earlier.width + x;
          const value = later.data[at] as number;
          texture += Math.abs((later.data[at + 1] as number) - value);
          before += Math.abs(value - (still[at] as number));
          after += Math.abs(value - (moved[at] as number));
        }
      }
      if (texture < 2 * cell * cell || Number.isNaN(after)) continue;
      textured++;
      if (after < 0.8 * before) better++;
      else if (after > 1.25 * before + cell * cell) worse++;
    }
  }
  return textured < 8 || worse > textured / 10 ? 0 : better / textured;
}
