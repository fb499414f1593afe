import { describe, expect, it } from 'vitest';
import { clockText, printText } from './overlay.ts';

describe('clockText', () => {
  it('counts on from the start over midnight and the end of a month, whatever the machine takes for its time zone', () => {
    expect(clockText('2026-03-14T08:15:00', 61.9)).toBe('2026-03-14 08:16:01');
    expect(clockText('2026-02-28T23:59:59', 1)).toBe('2026-03-01 00:00:00');
    // A night on which clocks are changed in many places.
    expect(clockText('2026-03-29T01:59:59', 2)).toBe('2026-03-29 02:00:01');
  });
});

describe('printText', () => {
  it('prints white on black edges and stays within the picture', () => {
    const picture = new Uint8Array(3 * 40 * 12).fill(128);
    printText(picture, 40, 'I1', 1, 2);
    expect([...new Set(picture)].toSorted((a, b) => a - b)).toEqual([20, 128, 235]);
    printText(picture, 40, 'WIDER THAN THE PICTURE', 30, 8);
    expect(picture).toHaveLength(3 * 40 * 12);
  });
});
