/** Size and place of the window, kept from one start to the next. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Display, Rectangle } from 'electron/main';

export interface WindowState {
  /** As it is when neither maximized nor full screen. Without `x` and `y` it is centred. */
  readonly bounds: { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number };
  readonly isMaximized: boolean;
}

export const leastSize = { width: 960, height: 600 } as const;
const usualSize = { width: 1440, height: 900 } as const;
/** So much of the title bar must lie on some display for a person to take hold of it. */
const grip = { width: 120, height: 32 } as const;

/** `saved` as far as it still makes sense on the displays that are there now; the first is the main one. */
export function restoredState(saved: unknown, displays: readonly Pick<Display, 'workArea'>[]): WindowState {
  const main = displays[0]?.workArea ?? { x: 0, y: 0, ...usualSize };
  const { bounds, isMaximized } = (isRecord(saved) ? saved : {}) as { bounds?: unknown; isMaximized?: unknown };
  if (!isRectangle(bounds)) {
    const width = Math.min(usualSize.width, main.width);
    const height = Math.min(usualSize.height, main.height);
    return { bounds: { width, height }, isMaximized: false };
  }
  const home = displays.map(({ workArea }) => workArea).find((area) => hasGrip(bounds, area));
  const { width: widest, height: tallest } = home ?? main;
  const width = Math.min(Math.max(bounds.width, leastSize.width), widest);
  const height = Math.min(Math.max(bounds.height, leastSize.height), tallest);
  const place = home === undefined ? {} : { x: bounds.x, y: bounds.y };
  return { bounds: { width, height, ...place }, isMaximized: isMaximized === true };
}

/** Whether the upper edge of a window at `bounds` can be taken hold of within `area`. */
function hasGrip(bounds: Rectangle, area: Rectangle): boolean {
  const shown = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return shown >= grip.width && bounds.y >= area.y && bounds.y + grip.height <= area.y + area.height;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isRectangle(value: unknown): value is Rectangle {
  return isRecord(value) && ['x', 'y', 'width', 'height'].every((key) => Number.isSafeInteger(value[key]));
}

const fileIn = (folder: string) => join(folder, 'window.json');

export function readWindowState(folder: string, displays: readonly Pick<Display, 'workArea'>[]): WindowState {
  let saved: unknown = null;
  try {
    saved = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
  } catch {
    // The first start, or a file that was cut short: the usual size does.
  }
  return restoredState(saved, displays);
}

export function writeWindowState(
  folder: string,
  window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>,
  log: (line: string) => void,
): void {
  const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  const file = fileIn(folder);
  try {
    writeFileSync(`${file}.part`, JSON.stringify(state));
    renameSync(`${file}.part`, file);
  } catch (error) {
    log(`The window's place could not be kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}
