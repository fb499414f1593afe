/** The most alike of many flags, of which never more than a few are kept: to put all of them in order would take long. */
import type { VectorTable } from './likeness.ts';

interface Alike {
  readonly number: number;
  readonly likeness: number;
}

export interface MostAlike {
  /** `found` `[numbers]` are the likenesses of the vectors of `table`. */
  add(table: Pick<VectorTable, 'numbers'>, found: Float32Array): void;
  /** The most alike first; of flags that are as alike the one with the lower number. */
  numbers(): number[];
}

/**
 * At most `most` flags other than `itself` with a likeness of `least` or more. Which they are depends neither on the order
 * of the tables nor on how flags are spread over them.
 */
export function createMostAlike(itself: number, most: number, least: number): MostAlike {
  let kept: Alike[] = [];
  let bar = least;
  function cut(): void {
    kept = kept.sort((a, b) => b.likeness - a.likeness || a.number - b.number).slice(0, most);
    if (kept.length === most) bar = Math.max(bar, kept.at(-1)?.likeness ?? bar);
  }
  return {
    add({ numbers }, found) {
      for (let row = 0; row < found.length; row++) {
        const likeness = found[row] as number;
        const number = numbers[row] as number;
        // As alike as the last of them may still come before it by its number.
        if (likeness < bar || number === itself) continue;
        kept.push({ number, likeness });
        if (kept.length >= 4 * most) cut();
      }
    },
    numbers() {
      cut();
      return kept.map(({ number }) => number);
    },
  };
}
