/** What keys do on the picture of a camera, the same for a zone that is drawn and for one that is changed. */

/** Right and down, in steps. */
export const arrowSteps: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Hundredths of the picture; with Shift five times as fine. */
export const stepOf = (event: KeyboardEvent) => (event.shiftKey ? 0.002 : 0.01);

export const isShortcut = (event: KeyboardEvent) => event.ctrlKey || event.altKey || event.metaKey;

/** Keys that were taken are nobody else's: neither the page scrolls nor a shortcut runs. */
export function takeKey(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
