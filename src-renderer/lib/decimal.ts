/** Numbers with a fixed number of decimals, as they stand under each other in a table. Pure. */

/** `0.42`, `−1.30`: a real minus sign, and none before what is rounded to nothing. */
export function decimal(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const mostDigits = 4;

/** Decimals with which multiples of `step` are written in full, at most four: 0.025 takes three. */
export function digitsFor(step: number): number {
  for (let digits = 0; digits < mostDigits; digits++) {
    const units = step * 10 ** digits;
    if (Math.abs(units - Math.round(units)) <= 1e-6 * units) return digits;
  }
  return mostDigits;
}
