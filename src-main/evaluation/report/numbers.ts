/** Figures, lengths of time and dates as the report writes them. */

/** A figure in [0, 1] with three digits, `.845`; a dash for none. */
export const figureText = (value: number | null): string =>
  value === null
    ? '–'
    : value
        .toFixed(3)
        .replace(/^(-?)0\./, '$1.')
        .replace(/^-(?=\.000$)/, '');

/** A difference with its sign, `+.012`; a real minus. */
export const differenceText = (value: number): string => {
  const text = figureText(Math.abs(value));
  return text === '.000' ? '±.000' : `${value > 0 ? '+' : '−'}${text}`;
};

export const percentText = (share: number | null): string =>
  share === null ? '–' : `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** A quantity with at most three digits that count, and thousands apart. */
export const quantityText = (value: number | null): string =>
  value === null
    ? '–'
    : value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });

/** `1:02:03` or `2:03`; parts of a second only below ten seconds. */
export function clockText(seconds: number): string {
  if (seconds < 10 && !Number.isInteger(seconds)) return `0:0${seconds.toFixed(1)}`;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Footage in words: `3.2 hours`, `12 minutes`. */
export function footageText(seconds: number): string {
  if (seconds >= 5400) return `${quantityText(seconds / 3600)} hours`;
  if (seconds >= 90) return `${quantityText(seconds / 60)} minutes`;
  return `${quantityText(seconds)} seconds`;
}

/** In UTC, so that the page says the same wherever it is made. */
export const dateText = (ms: number): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(ms)} UTC`;

/** A number of things: `1 recording`, `2 recordings`. */
export const countText = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
