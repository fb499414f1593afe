/** Solving symmetric positive definite systems, which is all the linear algebra that small heads need. */

/** The lower triangle `[N, N]`, row by row, of the Cholesky factor of a symmetric positive definite matrix. */
export interface CholeskyFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * The factor `L` with `L Lᵀ = matrix` (`[N, N]`, row by row; only its lower triangle is read). Throws a RangeError where
 * the matrix is not positive definite to within rounding.
 *
 * Source: Golub and Van Loan 2013, algorithm 4.2.2.
 */
export function choleskyFactor(matrix: Float64Array, size: number): CholeskyFactor {
  if (matrix.length !== size * size) throw new RangeError(`${matrix.length} numbers are no ${size} × ${size} matrix.`);
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++) sum -= (lower[row * size + k] as number) * (lower[column * size + k] as number);
      if (row > column) lower[row * size + column] = sum / (lower[column * size + column] as number);
      else if (sum > 0) lower[row * size + row] = Math.sqrt(sum);
      else throw new RangeError(`The matrix is not positive definite (row ${row}).`);
    }
  }
  return { size, lower };
}

/** The `x` (`[N]`, new) with `L Lᵀ x = right`. */
export function choleskySolve({ size, lower }: CholeskyFactor, right: Float64Array): Float64Array {
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    let sum = x[row] as number;
    for (let k = 0; k < row; k++) sum -= (lower[row * size + k] as number) * (x[k] as number);
    x[row] = sum / (lower[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = x[row] as number;
    for (let k = row + 1; k < size; k++) sum -= (lower[k * size + row] as number) * (x[k] as number);
    x[row] = sum / (lower[row * size + row] as number);
  }
  return x;
}
