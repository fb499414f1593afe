/** Least squares, plain and with values censored from below, for fitting the noise model. */

export interface Line {
  readonly weights: number[];
  /** Standard deviation of what the line leaves. */
  readonly spread: number;
}

/** Weights of least squares with a slight pull towards 0 (`ridge` observations of size one). */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[], ridge = 1): Line {
  const count = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: count }, () => new Float64Array(count + 1));
  for (const [index, row] of rows.entries()) {
    for (let i = 0; i < count; i++) {
      const line = matrix[i] as Float64Array;
      for (let j = 0; j < count; j++) line[j] = (line[j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0);
      line[count] = (line[count] ?? 0) + (row[i] ?? 0) * (values[index] ?? 0);
    }
  }
  // The first column is the constant, which is not pulled.
  for (let i = 0; i < count; i++) (matrix[i] as Float64Array)[i] = (matrix[i]?.[i] ?? 0) + (i === 0 ? 1e-6 : ridge);
  const weights = solved(matrix);
  const left = rows.map((row, index) => (values[index] ?? 0) - product(row, weights));
  return { weights, spread: Math.sqrt(mean(left.map((value) => value * value))) };
}

/** Gauss elimination with pivots. */
function solved(matrix: Float64Array[]): number[] {
  const count = matrix.length;
  for (let column = 0; column < count; column++) {
    let pivot = column;
    for (let row = column; row < count; row++) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot] as Float64Array, matrix[column] as Float64Array];
    for (let row = 0; row < count; row++) {
      if (row === column) continue;
      const factor = (matrix[row]?.[column] ?? 0) / (matrix[column]?.[column] ?? 1);
      for (let at = column; at <= count; at++) {
        const line = matrix[row] as Float64Array;
        line[at] = (line[at] ?? 0) - factor * (matrix[column]?.[at] ?? 0);
      }
    }
  }
  return matrix.map((line, index) => (line[count] ?? 0) / (line[index] ?? 1));
}

/**
 * The line of values of which those below `least` are not known (null). Expectation and maximisation: what is not known
 * is put where a normal below `least` lies on average.
 */
export function censoredLine(
  rows: readonly (readonly number[])[],
  values: readonly (number | null)[],
  least: number,
  ridge = 3,
): Line {
  let line = leastSquares(
    rows,
    values.map((value) => value ?? least - 1),
    ridge,
  );
  for (let round = 0; round < 200; round++) {
    let hidden = 0;
    const expected = values.map((value, index) => {
      if (value !== null) return value;
      const middle = product(rows[index] ?? [], line.weights);
      const at = (least - middle) / line.spread;
      const ratio = hazard(at);
      hidden += line.spread ** 2 * (1 - at * ratio - ratio * ratio);
      return middle - line.spread * ratio;
    });
    const next = leastSquares(rows, expected, ridge);
    line = { weights: next.weights, spread: Math.sqrt(next.spread ** 2 + hidden / Math.max(1, rows.length)) };
  }
  return line;
}

/** φ(x) / Φ(x) of the standard normal. */
function hazard(x: number): number {
  if (x < -8) return -x - 1 / x;
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / normalBelow(x);
}

/** Φ(x). Source: Abramowitz & Stegun 7.1.26, absolute error below 1.5e-7; its tail by the continued fraction's first terms. */
function normalBelow(x: number): number {
  if (x < -5) return (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / -x) * (1 - 1 / (x * x) + 3 / x ** 4);
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const half = (series * Math.exp(-z * z)) / 2;
  return x < 0 ? half : 1 - half;
}

export const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** NaN for an empty list. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and standard deviation; 0 for an empty list. */
export function moments(values: readonly number[]): readonly [mean: number, spread: number] {
  if (values.length === 0) return [0, 0];
  const middle = mean(values);
  return [middle, Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))];
}

export function correlation(pairs: readonly (readonly [number, number])[]): number {
  if (pairs.length < 3) return 0;
  const [[a, da], [b, db]] = [moments(pairs.map(([x]) => x)), moments(pairs.map(([, y]) => y))];
  return mean(pairs.map(([x, y]) => (x - a) * (y - b))) / Math.max(1e-12, da * db);
}
