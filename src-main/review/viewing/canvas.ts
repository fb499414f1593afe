/** Draws lines, frames and letters into an RGB picture; pure but for the picture that it is given. */
import { glyphHeight, glyphOf, glyphWidth, plainText } from './glyphs.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture of `[height, width, 3]` bytes. All places and sizes are in its pixels; what lies outside is left out. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly rgb: Uint8Array;

  constructor(rgb: Uint8Array, width: number, height: number) {
    this.rgb = rgb;
    this.width = width;
    this.height = height;
  }

  /** @param opacity In [0, 1]. */
  fill(x: number, y: number, width: number, height: number, colour: Colour, opacity = 1): void {
    const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
    const [right, bottom] = [
      Math.min(this.width, Math.round(x + width)),
      Math.min(this.height, Math.round(y + height)),
    ];
    for (let row = top; row < bottom; row++) {
      for (let at = (row * this.width + left) * 3; at < (row * this.width + right) * 3; at += 3) {
        for (let part = 0; part < 3; part++) {
          const under = this.rgb[at + part] ?? 0;
          this.rgb[at + part] = Math.round(under + ((colour[part] ?? 0) - under) * opacity);
        }
      }
    }
  }

  frame(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    this.fill(x, y, width, thickness, colour);
    this.fill(x, y + height - thickness, width, thickness, colour);
    this.fill(x, y, thickness, height, colour);
    this.fill(x + width - thickness, y, thickness, height, colour);
  }

  line(fromX: number, fromY: number, toX: number, toY: number, thickness: number, colour: Colour): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY)));
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      const [x, y] = [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share];
      this.fill(x - thickness / 2, y - thickness / 2, thickness, thickness, colour);
    }
  }

  /** One line, its upper left corner at (x, y); each dot of a letter is a square of `scale` pixels. */
  text(x: number, y: number, scale: number, words: string, colour: Colour): void {
    let left = x;
    for (const character of plainText(words)) {
      for (const [column, dots] of glyphOf(character).entries()) {
        for (let row = 0; row < glyphHeight; row++) {
          if (((dots >> row) & 1) === 1) this.fill(left + column * scale, y + row * scale, scale, scale, colour);
        }
      }
      left += (glyphWidth + 1) * scale;
    }
  }
}

/** Pixels of a line of text. */
export const textWidth = (words: string, scale: number): number =>
  Array.from(plainText(words)).length * (glyphWidth + 1) * scale;

/** `words` in lines of at most `most` characters, broken between words where that can be; at most `lines` of them. */
export function wrapped(words: string, most: number, lines: number): string[] {
  const made: string[] = [''];
  for (const word of plainText(words)
    .split(/\s+/)
    .filter((each) => each !== '')) {
    const line = made.at(-1) ?? '';
    if (line === '') made[made.length - 1] = word;
    else if (line.length + 1 + word.length <= most) made[made.length - 1] = `${line} ${word}`;
    else made.push(word);
  }
  const cut = made.map((line) => (line.length > most ? `${line.slice(0, Math.max(0, most - 3))}...` : line));
  if (cut.length <= lines) return cut.filter((line) => line !== '');
  const kept = cut.slice(0, lines);
  const final = kept.at(-1) ?? '';
  return [...kept.slice(0, -1), `${final.slice(0, Math.max(0, most - 3))}...`];
}
