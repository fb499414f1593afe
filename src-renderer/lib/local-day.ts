/** Days of the wall clock in a time zone, also those of 23 and of 25 hours. */

const dayMs = 86_400_000;

function clockOf(timeZone: string | undefined) {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    timeZone,
  } as const);
  return (utcMs: number): number => {
    const part = (type: string, parts: readonly Intl.DateTimeFormatPart[]) =>
      Number(parts.find((each) => each.type === type)?.value ?? 0);
    const parts = format.formatToParts(utcMs);
    const seconds = part('hour', parts) * 3600 + part('minute', parts) * 60 + part('second', parts);
    return seconds * 1000 + (((utcMs % 1000) + 1000) % 1000);
  };
}

/** Milliseconds since local midnight, by the clock on the wall. `timeZone` is IANA; the machine's where none is given. */
export const timeOfDayMs = (utcMs: number, timeZone?: string): number => clockOf(timeZone)(utcMs);

/** The local day that holds `utcMs`, as `[from, to)` in ms since the Unix epoch. */
export function localDay(utcMs: number, timeZone?: string): { readonly fromMs: number; readonly toMs: number } {
  const clock = clockOf(timeZone);
  const midnight = (at: number): number => {
    const guess = at - clock(at);
    const off = clock(guess);
    // On a day on which clocks change the guess lies an hour off, on one side or the other.
    return off === 0 ? guess : off < dayMs / 2 ? guess - off : guess + (dayMs - off);
  };
  const fromMs = midnight(utcMs);
  return { fromMs, toMs: midnight(fromMs + 1.25 * dayMs) };
}
