/** The line that recorders print into the picture: camera, date and time, in a 5 × 7 pixel font. */

/** Seven rows of five bits per character, the leftmost pixel highest. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  '-': [0, 0, 0, 31, 0, 0, 0],
  ':': [0, 12, 12, 0, 12, 12, 0],
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [28, 18, 17, 17, 17, 18, 28],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 15],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 17, 25, 21, 19, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  Q: [14, 17, 17, 17, 21, 18, 13],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 21, 10],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 17, 10, 4, 4, 4],
  Z: [31, 1, 2, 4, 8, 16, 31],
};

/** `startsAt` (local, `YYYY-MM-DDTHH:MM:SS`) and `seconds` later as `YYYY-MM-DD HH:MM:SS`. */
export function clockText(startsAt: string, seconds: number): string {
  const later = new Date(Date.parse(`${startsAt}Z`) + Math.floor(seconds) * 1000);
  return later.toISOString().slice(0, 19).replace('T', ' ');
}

/** Prints `text` in capitals into `picture` [height, width, 3] with its left upper corner at (left, top): white, edged in black. */
export function printText(
  picture: Uint8Array | Uint8ClampedArray,
  width: number,
  text: string,
  left: number,
  top: number,
): void {
  const dot = (x: number, y: number, value: number) => {
    const index = 3 * (y * width + x);
    if (x >= 0 && x < width && index >= 0 && index + 2 < picture.length) picture.fill(value, index, index + 3);
  };
  const each = (visit: (x: number, y: number) => void) => {
    for (const [position, character] of Array.from(text.toUpperCase()).entries()) {
      for (const [row, bits] of (glyphs[character] ?? []).entries()) {
        for (let column = 0; column < 5; column++) {
          if ((bits >> (4 - column)) & 1) visit(left + 6 * position + column, top + row);
        }
      }
    }
  };
  each((x, y) => {
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) dot(x + dx, y + dy, 20);
  });
  each((x, y) => dot(x, y, 235));
}
