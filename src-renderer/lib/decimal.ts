/** Numbers with a fixed number of decimals, as they stand under each other in a table. Pure. */

/** `0.42`, `−1.30`: a real minus sign, and none before what is rounded to nothing. */
export function decimal(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Decimals that tell apart numbers which lie `step` apart, at most four. */
export const digitsFor = (step: number): number =>
  step > 0 && Number.isFinite(step) ? Math.min(4, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 0;
