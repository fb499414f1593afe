/** Small systems of linear equations. */

/**
 * Solves `matrix · x = right` by Gaussian elimination without pivoting: `matrix` `[size, size]` is symmetric and positive
 * definite. Neither argument is changed.
 */
export function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const a = matrix.slice();
  const x = right.slice();
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = (a[row * size + pivot] as number) / (a[pivot * size + pivot] as number);
      for (let column = pivot; column < size; column++) {
        a[row * size + column] = (a[row * size + column] as number) - factor * (a[pivot * size + column] as number);
      }
      x[row] = (x[row] as number) - factor * (x[pivot] as number);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = x[row] as number;
    for (let column = row + 1; column < size; column++)
      sum -= (a[row * size + column] as number) * (x[column] as number);
    x[row] = sum / (a[row * size + row] as number);
  }
  return x;
}
