/** Where on the sheets of small pictures an instant is found. */
import type { PlaybackPlan } from '../../src-main/contract/playback.ts';

export type SheetLayout = PlaybackPlan['sheets'];

export interface TilePlace {
  readonly sheet: number;
  /** Upper left corner on the sheet, in pixels. */
  readonly x: number;
  readonly y: number;
  /** The instant that the tile shows, in seconds. */
  readonly time: number;
}

/** The tile on screen at `time`; null where the recording has no sheets. */
export function tileAt(layout: SheetLayout, seconds: number, time: number): TilePlace | null {
  const perSheet = layout.columns * layout.rows;
  if (layout.count === 0 || perSheet === 0 || !(layout.interval > 0)) return null;
  const last = Math.min(layout.count * perSheet, Math.max(1, Math.ceil(seconds / layout.interval))) - 1;
  const tile = Math.max(0, Math.min(last, Math.floor(time / layout.interval)));
  const sheet = Math.floor(tile / perSheet);
  const place = tile - sheet * perSheet;
  return {
    sheet,
    x: (place % layout.columns) * layout.tileWidth,
    y: Math.floor(place / layout.columns) * layout.tileHeight,
    time: tile * layout.interval,
  };
}

/** The sheet that comes after `sheet` in `direction`; null past either end. */
export function sheetAfter(layout: SheetLayout, sheet: number, direction: 1 | -1): number | null {
  const next = sheet + direction;
  return next >= 0 && next < layout.count ? next : null;
}
