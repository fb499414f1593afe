/** The spread of what a prediction leaves, without being pulled by the part of the picture that moves. */

/** A robust standard deviation: 1.4826 · median of |residual|, to a quarter of a level. */
export class ResidualHistogram {
  readonly #bins = new Uint32Array(1024);
  #count = 0;

  clear(): void {
    this.#bins.fill(0);
    this.#count = 0;
  }

  /** NaN is not counted. */
  add(residual: number): void {
    const bin = Math.min(1023, Math.abs(residual) * 4);
    if (Number.isNaN(bin)) return;
    this.#bins[bin | 0] = (this.#bins[bin | 0] as number) + 1;
    this.#count++;
  }

  deviation(): number {
    let below = 0;
    for (let bin = 0; bin < 1024; bin++) {
      below += this.#bins[bin] as number;
      if (2 * below >= this.#count) return (1.4826 * (bin + 0.5)) / 4;
    }
    return 0;
  }
}
