import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sheetAfter, tileAt } from './sheet-layout.ts';

const layout = { count: 3, columns: 10, rows: 6, interval: 2, tileWidth: 160, tileHeight: 90 };

test('tiles run along the rows, then down, then on to the next sheet', () => {
  expect(tileAt(layout, 360, 0)).toEqual({ sheet: 0, x: 0, y: 0, time: 0 });
  expect(tileAt(layout, 360, 3.9)).toEqual({ sheet: 0, x: 160, y: 0, time: 2 });
  expect(tileAt(layout, 360, 20)).toEqual({ sheet: 0, x: 0, y: 90, time: 20 });
  expect(tileAt(layout, 360, 120)).toEqual({ sheet: 1, x: 0, y: 0, time: 120 });
  expect(tileAt(layout, 360, 9999)).toEqual({ sheet: 2, x: 1440, y: 450, time: 358 });
});

test('every instant has a tile that began less than an interval before it, on a sheet that exists', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.double({ min: 0.1, max: 50_000, noNaN: true }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (columns, rows, interval, seconds, share) => {
        const count = Math.ceil(seconds / interval / (columns * rows));
        const each = { count, columns, rows, interval, tileWidth: 160, tileHeight: 90 };
        const tile = tileAt(each, seconds, share * seconds);
        expect(tile).not.toBeNull();
        expect(share * seconds - (tile?.time ?? NaN)).toBeLessThan(interval * (1 + 1e-9));
        expect(share * seconds - (tile?.time ?? NaN)).toBeGreaterThanOrEqual(-1e-6);
        expect(tile?.sheet).toBeLessThan(count);
        expect(tile?.x).toBeLessThan(columns * 160);
        expect(tile?.y).toBeLessThan(rows * 90);
      },
    ),
  );
});

test('a recording without sheets has no tiles', () => {
  expect(tileAt({ ...layout, count: 0 }, 10, 1)).toBeNull();
});

test('past either end there is no sheet to preload', () => {
  expect([sheetAfter(layout, 0, -1), sheetAfter(layout, 0, 1), sheetAfter(layout, 2, 1)]).toEqual([null, 1, null]);
});
