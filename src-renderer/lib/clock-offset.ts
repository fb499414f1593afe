/** The correction of a clock as it is read. */
import { formatWords } from './format-locale.ts';

/** `+0.04 s`, `−1.5 s`, `+2 min`, `+1 h 30 min`; `±0 s` for none. */
export function clockText(offsetMs: number): string {
  const { day, hour, minute, second } = formatWords();
  if (offsetMs === 0) return `±0 ${second}`;
  const sign = offsetMs > 0 ? '+' : '−';
  const all = Math.abs(offsetMs);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(all / 86_400_000), day],
    [Math.floor((all % 86_400_000) / 3_600_000), hour],
    [Math.floor((all % 3_600_000) / 60_000), minute],
    [(all % 60_000) / 1000, second],
  ];
  return sign + parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${String(value)} ${unit}`])).join(' ');
}
