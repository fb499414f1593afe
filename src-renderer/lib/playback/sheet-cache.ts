/** Sheets of small pictures of one recording, fetched on demand, a few of them kept. */
import type { SheetLayout, TilePlace } from '../sheet-layout.ts';
import { sheetAfter, tileAt } from '../sheet-layout.ts';
import { fetchMedia } from './fetch-media.ts';

/** A picture to draw from. */
export interface Tile extends TilePlace {
  readonly image: ImageBitmap;
  readonly width: number;
  readonly height: number;
}

export interface SheetCache {
  /** The tile on screen at `time`, if its sheet is there. */
  tile(time: number): Tile | null;
  /** Fetches the sheet of `time`, and in `direction` the one after it, unless they are there or on the way. */
  want(time: number, direction?: 1 | -1): void;
  /** Draws the tile of `time` over the whole canvas; false where it is not there yet. */
  draw(canvas: HTMLCanvasElement, time: number): boolean;
  /** Calls back whenever a sheet has come. */
  onArrival(listener: () => void): () => void;
  close(): void;
}

/** Sheets held at a time: a sheet is a few megabytes once decoded. */
const capacity = 8;

export function createSheetCache(layout: SheetLayout, seconds: number, urlOf: (sheet: number) => string): SheetCache {
  const life = new AbortController();
  /** By number, the longest unused first. */
  const sheets = new Map<number, ImageBitmap>();
  const underWay = new Map<number, AbortController>();
  const missing = new Set<number>();
  const listeners = new Set<() => void>();

  const fetchSheet = async (sheet: number) => {
    const fetching = new AbortController();
    underWay.set(sheet, fetching);
    try {
      const response = await fetchMedia(urlOf(sheet), AbortSignal.any([life.signal, fetching.signal]));
      const image = await createImageBitmap(await response.blob());
      if (life.signal.aborted) return image.close();
      sheets.set(sheet, image);
      for (const [oldest, old] of sheets) {
        if (sheets.size <= capacity) break;
        sheets.delete(oldest);
        old.close();
      }
      for (const listener of listeners) listener();
    } catch {
      // Sheets only help: without one, the exact frame is waited for. A sheet that cannot be made is not asked for again.
      if (!fetching.signal.aborted) missing.add(sheet);
    } finally {
      underWay.delete(sheet);
    }
  };

  const wantSheet = (sheet: number) => {
    if (!sheets.has(sheet) && !underWay.has(sheet) && !missing.has(sheet)) void fetchSheet(sheet);
  };

  const tile = (time: number): Tile | null => {
    const place = tileAt(layout, seconds, time);
    const image = place === null ? undefined : sheets.get(place.sheet);
    if (place === null || image === undefined) return null;
    sheets.delete(place.sheet);
    sheets.set(place.sheet, image);
    return { ...place, image, width: layout.tileWidth, height: layout.tileHeight };
  };

  return {
    tile,
    want(time, direction) {
      const place = tileAt(layout, seconds, time);
      if (place === null) return;
      const next = direction === undefined ? null : sheetAfter(layout, place.sheet, direction);
      // A pointer that sweeps over the timeline asks for many: only the latest wishes are worth a worker's time.
      for (const [sheet, fetching] of underWay) if (sheet !== place.sheet && sheet !== next) fetching.abort();
      wantSheet(place.sheet);
      if (next !== null && sheets.has(place.sheet)) wantSheet(next);
    },
    draw(canvas, time) {
      const found = tile(time);
      const context = canvas.getContext('2d', { alpha: false });
      if (found === null || context === null) return false;
      const { image, x, y, width, height } = found;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.drawImage(image, x, y, width, height, 0, 0, width, height);
      return true;
    },
    onArrival(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      life.abort();
      for (const image of sheets.values()) image.close();
      sheets.clear();
      listeners.clear();
    },
  };
}
