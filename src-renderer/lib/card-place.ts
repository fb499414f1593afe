/** Where a card stands beside what it speaks of: to its right where there is room, else left, below, above, or amid it. */

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

/** Pixels between the card and what it speaks of, and to the edges of the window. */
const gap = 14;

export function cardPlace(target: Rectangle | null, card: Size, window: Size): { left: number; top: number } {
  const held = (value: number, most: number) => Math.max(gap, Math.min(value, most - gap));
  const middle = { left: (window.width - card.width) / 2, top: (window.height - card.height) / 2 };
  if (target === null) return middle;
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const top = held(target.top + target.height / 2 - card.height / 2, window.height - card.height);
  const left = held(target.left + target.width / 2 - card.width / 2, window.width - card.width);
  if (right + gap + card.width + gap <= window.width) return { left: right + gap, top };
  if (target.left - gap - card.width >= gap) return { left: target.left - gap - card.width, top };
  if (bottom + gap + card.height + gap <= window.height) return { left, top: bottom + gap };
  if (target.top - gap - card.height >= gap) return { left, top: target.top - gap - card.height };
  return { left, top };
}
