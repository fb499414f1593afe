/** Seeded randomness: the same seed gives the same numbers on every machine. */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and variance 1 (Box-Muller, one value a call). */
  normal(): number;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** A generator of its own for `name`: independent of how many numbers were drawn from this one. */
  fork(name: string): Random;
}

/** FNV-1a over the UTF-16 code units of `text`, as an unsigned 32-bit integer. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A generator from a seed (a finite number or any text).
 * Source: mulberry32 (T. Ettinger, public domain); period 2^32, which suffices for scenes and rollouts, not for secrets.
 */
export function randomFrom(seed: number | string): Random {
  const key = String(seed);
  let state = hash32(key);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: <T>(items: readonly T[]) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('pick: no items');
      return item;
    },
    fork: (name) => randomFrom(`${key}/${name}`),
  };
}

/** The items in random order. Source: Fisher and Yates. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [order[index], order[other]] = [order[other] as T, order[index] as T];
  }
  return order;
}

/** So many of the items, all of them where there are fewer, in their order. */
export function chosenOf<T>(items: readonly T[], count: number, random: Pick<Random, 'next'>): T[] {
  let [left, wanted] = [items.length, count];
  return items.filter(() => {
    const isChosen = random.next() * left < wanted;
    left--;
    if (isChosen) wanted--;
    return isChosen;
  });
}
