/** Where the names of what is drawn over a picture stand: above their boxes, and where another name is, elsewhere or nowhere. */

export interface NamedBox {
  readonly name: string;
  /** In units of the drawing. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface NamePlace {
  /** Left end of the line that the letters stand on. */
  readonly x: number;
  readonly y: number;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width of a letter against the size of the type, with some room. */
const letterWidth = 0.62;
/** Of the line that the letters stand on, from the top, against the size of the type. */
const ascent = 0.8;

const overlap = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * A place for each name in a drawing of `width` by `height`, letters being `size` high. The nearest (lowest) things are named
 * first; a name that would lie over others wherever it is put is left out, for their boxes tell more.
 */
export function placeNames<B extends NamedBox>(
  items: readonly B[],
  size: number,
  width: number,
  height: number,
): (Omit<B, 'box'> & NamePlace)[] {
  const taken: Area[] = [];
  const lineHeight = 1.1 * size;
  const gap = 0.25 * size;
  return items
    .toSorted((a, b) => b.box.y + b.box.height - (a.box.y + a.box.height))
    .flatMap(({ box, ...named }) => {
      const long = letterWidth * size * named.name.length;
      const x = Math.max(0, Math.min(width - long, box.x));
      const tops = [box.y - lineHeight - gap, box.y + box.height + gap, box.y + gap];
      const area = tops
        .filter((y) => y >= 0 && y + lineHeight <= height)
        .map((y) => ({ x, y, width: long, height: lineHeight }))
        .find((candidate) => !taken.some((other) => overlap(candidate, other)));
      if (area === undefined) return [];
      taken.push(area);
      return [{ ...named, x, y: area.y + ascent * lineHeight }];
    });
}
